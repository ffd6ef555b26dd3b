package dev.phial.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.gateway.store.JobStore.End;
import dev.phial.gateway.store.JobStore.Failure;
import dev.phial.gateway.store.JobStore.Noted;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store does with jobs. */
abstract class JobStoreContractTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123Z");
  private static final Instant SOON = NOW.plusSeconds(15);
  private static final Set<String> KINDS = Set.of("rewrap");

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

  private JobStore store() {
    return opened.orElseThrow().jobs();
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private static StoredJob.Order order(String tenant, Instant created) {
    return new StoredJob.Order("rewrap", tenant, 50, "officer", created, 4);
  }

  private StoredJob job(String id) throws Exception {
    return await(store().find(id)).orElseThrow();
  }

  private StoredJob taken(String holder, Instant now) throws Exception {
    return await(store().take(KINDS, holder, now, now.plusSeconds(15))).orElseThrow();
  }

  private static Noted changed(String place, boolean again) {
    return new Noted(place, "north", "item-" + place, again, End.CHANGED, "");
  }

  private static Noted failed(String place, boolean again, String reason) {
    return new Noted(place, "south", "item-" + place, again, End.FAILED, reason);
  }

  @Test
  void a_job_is_as_it_was_added() throws Exception {
    await(store().add("a", order("north", NOW)));

    StoredJob job = job("a");
    assertThat(job.order()).isEqualTo(order("north", NOW));
    assertThat(job.state()).isEqualTo(JobState.RUNNING);
    assertThat(job.counts()).isEqualTo(new StoredJob.Counts(0, 0, 0));
    assertThat(job.lease().holder()).isEmpty();
    assertThat(job.finished()).isEmpty();
    assertThat(await(store().find("b"))).isEmpty();
  }

  @Test
  void jobs_are_listed_newest_first() throws Exception {
    await(store().add("a", order("", NOW)));
    await(store().add("b", order("", NOW.plusSeconds(1))));
    assertThat(await(store().list(10))).extracting(StoredJob::id).containsExactly("b", "a");
    assertThat(await(store().list(1))).extracting(StoredJob::id).containsExactly("b");
  }

  @Test
  void the_oldest_job_that_nobody_has_is_taken() throws Exception {
    await(store().add("b", order("", NOW.plusSeconds(1))));
    await(store().add("a", order("", NOW)));
    assertThat(taken("one", NOW).id()).isEqualTo("a");
    assertThat(taken("two", NOW).id()).isEqualTo("b");
    assertThat(await(store().take(KINDS, "three", NOW, SOON))).isEmpty();
    assertThat(await(store().take(Set.of("reseal"), "three", SOON, SOON))).isEmpty();
  }

  @Test
  void one_of_many_takes_a_job() throws Exception {
    await(store().add("a", order("", NOW)));
    List<CompletableFuture<Optional<StoredJob>>> takers = IntStream.range(0, 24)
        .mapToObj(i -> store().take(KINDS, "g" + i, NOW, SOON).toCompletableFuture())
        .toList();
    await(CompletableFuture.allOf(takers.toArray(CompletableFuture<?>[]::new)));
    assertThat(takers.stream().filter(taker -> taker.join().isPresent())).hasSize(1);
  }

  @Test
  void who_was_silent_for_too_long_writes_nothing_any_more() throws Exception {
    await(store().add("a", order("", NOW)));
    StoredJob first = taken("one", NOW);
    assertThat(await(store().take(KINDS, "two", SOON.minusMillis(1), SOON))).isEmpty();
    StoredJob second = taken("two", SOON);

    assertThat(await(store().note(first, "1", List.of(changed("1", false)), SOON)))
        .isFalse();
    assertThat(await(store().prolong(first, SOON.plusSeconds(60)))).isFalse();
    assertThat(await(store().giveBack(first))).isFalse();
    assertThat(await(store().finish(first, JobState.SUCCEEDED, "r", SOON))).isFalse();
    assertThat(job("a")).isEqualTo(second);
    assertThat(await(store().results("a"))).isEmpty();
    assertThat(second.lease().workers()).containsExactly("one", "two");
    assertThat(second.lease().epoch()).isGreaterThan(first.lease().epoch());
  }

  @Test
  void a_lease_that_is_prolonged_is_not_taken() throws Exception {
    await(store().add("a", order("", NOW)));
    StoredJob first = taken("one", NOW);
    assertThat(await(store().prolong(first, SOON.plusSeconds(60)))).isTrue();
    assertThat(await(store().take(KINDS, "two", SOON.plusSeconds(59), SOON))).isEmpty();
  }

  @Test
  void a_job_that_is_given_back_is_taken_at_once_and_goes_on_where_it_was() throws Exception {
    await(store().add("a", order("", NOW)));
    StoredJob first = taken("one", NOW);
    await(store().note(first, "1", List.of(changed("1", false)), NOW));
    assertThat(await(store().giveBack(first))).isTrue();
    StoredJob second = taken("two", NOW);
    assertThat(second.place()).isEqualTo("1");
    assertThat(second.lease().base()).isEqualTo(1);
  }

  @Test
  void items_are_counted_in_all_and_by_tenant_and_failures_kept_until_they_succeed()
      throws Exception {
    await(store().add("a", order("", NOW)));
    StoredJob job = taken("one", NOW);
    Noted unchanged = new Noted("2", "north", "item-2", false, End.UNCHANGED, "");
    await(store()
        .note(
            job,
            "4",
            List.of(
                changed("1", false),
                unchanged,
                failed("3", false, "kms_denied"),
                failed("4", false, "refused")),
            NOW));
    assertThat(job("a").counts()).isEqualTo(new StoredJob.Counts(1, 1, 2));
    assertThat(await(store().failures("a", 2, 10)))
        .containsExactly(
            new Failure("3", "south", "item-3", "kms_denied", 1),
            new Failure("4", "south", "item-4", "refused", 1));

    Noted mended = new Noted("3", "south", "item-3", true, End.CHANGED, "");
    await(store().note(job, "4", List.of(mended, failed("4", true, "kms_unavailable")), NOW));

    assertThat(job("a").counts()).isEqualTo(new StoredJob.Counts(2, 1, 1));
    assertThat(await(store().failures("a", 2, 10))).isEmpty();
    assertThat(await(store().failures("a", 3, 10)))
        .containsExactly(new Failure("4", "south", "item-4", "kms_unavailable", 2));
    assertThat(await(store().results("a")))
        .containsExactly(
            new JobStore.TenantCounts("north", new StoredJob.Counts(1, 1, 0)),
            new JobStore.TenantCounts("south", new StoredJob.Counts(1, 0, 1)));
  }

  @Test
  void a_job_that_has_ended_stays_as_it_is() throws Exception {
    await(store().add("a", order("", NOW)));
    assertThat(await(store().cancel("a", "somebody", NOW))).isTrue();
    assertThat(job("a").cancelledBy()).isEqualTo("somebody");
    StoredJob job = taken("one", NOW);
    assertThat(await(store().finish(job, JobState.CANCELLED, "report", SOON))).isTrue();

    StoredJob ended = job("a");
    assertThat(ended.finished()).contains(SOON);
    assertThat(ended.report()).isEqualTo("report");
    assertThat(await(store().cancel("a", "other", NOW))).isFalse();
    assertThat(await(store().cancel("b", "other", NOW))).isFalse();
    assertThat(await(store().note(job, "1", List.of(changed("1", false)), NOW))).isFalse();
    assertThat(await(store().finish(job, JobState.SUCCEEDED, "other", NOW))).isFalse();
    assertThat(await(store().take(KINDS, "two", SOON.plusSeconds(99), SOON))).isEmpty();
    assertThat(job("a")).isEqualTo(ended);
  }
}
