package dev.phial.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.gateway.store.TokenStore.Resealed;
import java.time.Duration;
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

/** What every store does with vaulted tokens. */
abstract class TokenStoreContractTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123Z");

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

  private TokenStore store() {
    return opened.orElseThrow().tokens();
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private static StoredToken token(String tenant, String element, String token, String digest) {
    return new StoredToken(
        tenant,
        element,
        token,
        Optional.of(digest).filter(text -> !text.isEmpty()),
        "phial:v1:" + token,
        1,
        TokenState.ENABLED,
        NOW,
        Optional.empty());
  }

  private static StoredToken expiring(String token, String digest, Instant end) {
    return new StoredToken(
        "north",
        "ssn",
        token,
        Optional.of(digest),
        "phial:v1:" + token,
        1,
        TokenState.ENABLED,
        NOW,
        Optional.of(end));
  }

  private List<StoredToken> find(String... tokens) throws Exception {
    return await(store().byToken("north", "ssn", List.of(tokens)));
  }

  @Test
  void finds_what_was_added_by_token_and_by_digest() throws Exception {
    StoredToken one = token("north", "ssn", "1", "d1");
    StoredToken two = expiring("2", "d2", NOW.plusSeconds(60));
    assertThat(await(store().insert(List.of(one, two), NOW))).containsExactly(true, true);
    assertThat(find("2", "3", "1")).containsExactlyInAnyOrder(one, two);
    assertThat(await(store().byDigest("north", "ssn", List.of("d2", "d9")))).containsExactly(two);
    assertThat(find()).isEmpty();
  }

  @Test
  void keeps_tenants_and_elements_apart() throws Exception {
    await(store().insert(List.of(token("north", "ssn", "1", "d")), NOW));
    assertThat(await(store().byToken("south", "ssn", List.of("1")))).isEmpty();
    assertThat(await(store().byToken("north", "mrn", List.of("1")))).isEmpty();
    assertThat(await(store().byDigest("south", "ssn", List.of("d")))).isEmpty();
    assertThat(await(store().insert(List.of(token("south", "ssn", "1", "d")), NOW)))
        .containsExactly(true);
    assertThat(await(store().change("south", "mrn", List.of("1"), TokenState.DELETED)))
        .isEmpty();
    assertThat(find("1").get(0).state()).isEqualTo(TokenState.ENABLED);
  }

  @Test
  void gives_a_token_and_a_digest_once_also_within_a_batch() throws Exception {
    assertThat(await(store()
            .insert(
                List.of(
                    token("north", "ssn", "2", "b"),
                    token("north", "ssn", "1", "a"),
                    token("north", "ssn", "1", "c"),
                    token("north", "ssn", "3", "a")),
                NOW)))
        .containsExactly(true, true, false, false);
    assertThat(await(store()
            .insert(
                List.of(token("north", "ssn", "1", "z"), token("north", "ssn", "9", "a")), NOW)))
        .containsExactly(false, false);
    assertThat(find("1", "2", "3", "9")).hasSize(2);
  }

  @Test
  void adds_many_tokens_of_one_value_where_none_has_a_digest() throws Exception {
    assertThat(await(store()
            .insert(List.of(token("north", "ssn", "1", ""), token("north", "ssn", "2", "")), NOW)))
        .containsExactly(true, true);
  }

  @Test
  void lets_one_of_many_writers_win_each_value() throws Exception {
    List<CompletableFuture<List<Boolean>>> writers = IntStream.range(0, 24)
        .mapToObj(i -> store()
            .insert(
                IntStream.range(0, 20)
                    .map(j -> i % 2 == 0 ? j : 19 - j)
                    .mapToObj(j -> token("north", "ssn", i + "-" + j, "d" + j))
                    .toList(),
                NOW)
            .toCompletableFuture())
        .toList();
    await(CompletableFuture.allOf(writers.toArray(CompletableFuture<?>[]::new)));
    assertThat(writers.stream().flatMap(added -> added.join().stream()).filter(won -> won))
        .hasSize(20);
  }

  @Test
  void an_expired_token_gives_up_its_digest_and_stays() throws Exception {
    await(store().insert(List.of(expiring("1", "d", NOW.plusSeconds(60))), NOW));
    StoredToken next = token("north", "ssn", "2", "d");
    assertThat(await(store().insert(List.of(next), NOW.plusSeconds(59)))).containsExactly(false);
    assertThat(await(store().insert(List.of(next), NOW.plusSeconds(60)))).containsExactly(true);
    assertThat(await(store().byDigest("north", "ssn", List.of("d")))).containsExactly(next);
    assertThat(find("1").get(0).digest()).isEmpty();
  }

  @Test
  void a_deleted_token_loses_its_value_and_comes_never_back() throws Exception {
    await(store().insert(List.of(token("north", "ssn", "1", "d")), NOW));
    List<StoredToken> deleted =
        await(store().change("north", "ssn", List.of("1", "nothing"), TokenState.DELETED));
    assertThat(deleted).hasSize(1);
    assertThat(deleted.get(0).sealed()).isEmpty();
    assertThat(deleted.get(0).digest()).isEmpty();
    assertThat(await(store().change("north", "ssn", List.of("1"), TokenState.ENABLED))
            .get(0)
            .state())
        .isEqualTo(TokenState.DELETED);
    assertThat(await(store().insert(List.of(token("north", "ssn", "1", "e")), NOW)))
        .containsExactly(false);
    assertThat(await(store().insert(List.of(token("north", "ssn", "2", "d")), NOW)))
        .containsExactly(true);
  }

  @Test
  void a_token_is_disabled_and_enabled() throws Exception {
    await(store().insert(List.of(token("north", "ssn", "1", "d")), NOW));
    await(store().change("north", "ssn", List.of("1"), TokenState.DISABLED));
    assertThat(find("1").get(0).state()).isEqualTo(TokenState.DISABLED);
    await(store().change("north", "ssn", List.of("1"), TokenState.ENABLED));
    assertThat(find("1")).containsExactly(token("north", "ssn", "1", "d"));
  }

  @Test
  void a_seal_is_replaced_only_where_it_is_the_one_that_was_read() throws Exception {
    StoredToken one = token("north", "ssn", "1", "d");
    await(store().insert(List.of(one), NOW));
    assertThat(await(store().reseal(List.of(new Resealed(one, "next", 2))))).containsExactly(true);
    assertThat(await(store().reseal(List.of(new Resealed(one, "later", 3)))))
        .containsExactly(false);
    assertThat(find("1").get(0).sealed()).isEqualTo("next");
    assertThat(find("1").get(0).keyVersion()).isEqualTo(2);
  }

  @Test
  void counts_what_hangs_on_each_key_version() throws Exception {
    StoredToken one = token("north", "ssn", "1", "");
    await(store()
        .insert(List.of(one, token("north", "ssn", "2", ""), token("north", "ssn", "3", "")), NOW));
    await(store().insert(List.of(token("south", "ssn", "1", "")), NOW));
    await(store().reseal(List.of(new Resealed(one, "next", 2))));
    await(store().change("north", "ssn", List.of("3"), TokenState.DELETED));
    assertThat(await(store().count("north")))
        .containsExactly(
            new TokenStore.TokenCount("ssn", 1, 1), new TokenStore.TokenCount("ssn", 2, 1));
  }

  @Test
  void what_has_expired_is_deleted() throws Exception {
    await(store()
        .insert(
            List.of(
                expiring("1", "a", NOW.plus(Duration.ofDays(1))),
                expiring("2", "b", NOW.plus(Duration.ofDays(2))),
                token("north", "ssn", "3", "c")),
            NOW));
    assertThat(await(store().deleteExpired(NOW.plus(Duration.ofDays(1))))).isEqualTo(1);
    assertThat(find("1").get(0).sealed()).isEmpty();
    assertThat(find("2", "3")).allMatch(token -> token.state() == TokenState.ENABLED);
  }

  @Test
  void takes_tokens_as_text_whatever_is_in_them() throws Exception {
    List<String> odd =
        List.of("'; DROP TABLE vaulted_token; --", "\"\\\u00fc\u2028%_{}[],", "\t\n");
    await(store()
        .insert(odd.stream().map(text -> token("north", "ssn", text, "")).toList(), NOW));
    assertThat(await(store().byToken("north", "ssn", odd)))
        .extracting(StoredToken::token)
        .containsExactlyInAnyOrderElementsOf(odd);
    assertThat(find("%")).isEmpty();
  }

  @Test
  void thousands_go_and_come_at_once() throws Exception {
    List<StoredToken> many = IntStream.range(0, 5_000)
        .mapToObj(i -> token("north", "ssn", "t" + i, "d" + i))
        .toList();
    assertThat(await(store().insert(many, NOW))).hasSize(5_000).doesNotContain(false);
    assertThat(await(store()
            .byToken("north", "ssn", many.stream().map(StoredToken::token).toList())))
        .hasSize(5_000);
  }
}
