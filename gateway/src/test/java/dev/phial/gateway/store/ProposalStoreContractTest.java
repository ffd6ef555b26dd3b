package dev.phial.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.gateway.store.StoredProposal.Decision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store does with proposals. */
abstract class ProposalStoreContractTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123Z");
  private static final Decision DECISION =
      new Decision("officer.brandt-oyelaran", "https://idp.example.org", NOW.plusSeconds(60));

  private Optional<SqlStore> opened = Optional.empty();

  /** A new, empty store. Closed by this class. */
  abstract SqlStore open();

  @BeforeEach
  void openStore() {
    opened = Optional.of(open());
  }

  @AfterEach
  void closeStore() {
    opened.ifPresent(SqlStore::close);
  }

  private ProposalStore store() {
    return opened.orElseThrow().proposals();
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private static StoredProposal proposal(String id, Instant created) {
    return new StoredProposal(
        id,
        "phial-proposal:v1\nid=" + id + "\n",
        created,
        created.plusSeconds(3_600),
        ProposalState.PENDING,
        Optional.empty());
  }

  @Test
  void gives_back_what_was_added_and_each_id_once() throws Exception {
    StoredProposal one = proposal("one", NOW);

    assertThat(await(store().add(one))).isTrue();
    assertThat(await(store().add(proposal("one", NOW.plusSeconds(1))))).isFalse();
    assertThat(await(store().find("one"))).contains(one);
    assertThat(await(store().find("two"))).isEmpty();
  }

  @Test
  void lists_the_newest_first_and_no_more_than_asked_for() throws Exception {
    await(store().add(proposal("old", NOW)));
    await(store().add(proposal("new", NOW.plusSeconds(2))));
    await(store().add(proposal("middle", NOW.plusSeconds(1))));

    assertThat(await(store().newest(2)))
        .extracting(StoredProposal::id)
        .containsExactly("new", "middle");
    assertThat(await(store().newest(9))).hasSize(3);
  }

  @Test
  void is_decided_once_and_ended_once() throws Exception {
    await(store().add(proposal("one", NOW)));

    assertThat(await(store().end("one", ProposalState.DONE))).isFalse();
    assertThat(await(store().decide("one", ProposalState.APPROVED, DECISION))).isTrue();
    assertThat(await(store().decide("one", ProposalState.APPROVED, DECISION))).isFalse();
    assertThat(await(store().decide("one", ProposalState.WITHDRAWN, DECISION))).isFalse();
    assertThat(await(store().find("one")).orElseThrow().decision()).contains(DECISION);
    assertThat(await(store().end("one", ProposalState.DONE))).isTrue();
    assertThat(await(store().end("one", ProposalState.FAILED))).isFalse();
    assertThat(await(store().find("one")).orElseThrow().state()).isEqualTo(ProposalState.DONE);
    assertThat(await(store().decide("two", ProposalState.APPROVED, DECISION))).isFalse();
  }

  @Test
  void one_of_many_who_decide_at_the_same_time_is_told_so() throws Exception {
    await(store().add(proposal("one", NOW)));

    List<CompletableFuture<Boolean>> decisions = IntStream.range(0, 16)
        .mapToObj(i -> store()
            .decide(
                "one",
                i % 2 == 0 ? ProposalState.APPROVED : ProposalState.WITHDRAWN,
                new Decision("officer-" + i, "issuer", NOW))
            .toCompletableFuture())
        .toList();

    int winners = 0;
    for (CompletableFuture<Boolean> decision : decisions) {
      winners += await(decision) ? 1 : 0;
    }
    assertThat(winners).isEqualTo(1);
  }
}
