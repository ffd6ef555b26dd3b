package dev.phial.gateway.keys;

import static dev.phial.gateway.keys.KeysetsFixture.KEK;
import static dev.phial.gateway.keys.KeysetsFixture.NOW;
import static dev.phial.gateway.keys.KeysetsFixture.await;
import static dev.phial.gateway.keys.KeysetsFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.store.InMemoryKeysetStore;
import dev.phial.gateway.store.StoredKeyset;
import dev.phial.gateway.store.StoredVersion;
import dev.phial.gateway.store.VersionState;
import dev.phial.kms.KekVersion;
import dev.phial.kms.WrappedKey;
import dev.phial.kms.testkit.InMemoryKms;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keys for encryption rotate by their age: once for each due date, however many gateways look. */
class DueRotationTest {
  private static final RotationAge QUARTERLY =
      new RotationAge(Duration.ofDays(90), Duration.ofDays(7));

  private final FakeTime time = new FakeTime();
  private final InMemoryKeysetStore store = new InMemoryKeysetStore(time);
  private final InMemoryKms kms = InMemoryKms.with(KEK);
  private final RecordedEvents events = new RecordedEvents();
  private final Keysets here = keysets();
  private final Keysets there = keysets();

  private Keysets keysets() {
    // Keys that nobody asks for in ninety days would leave memory.
    KeyLimits limits = new KeyLimits(KeyLimits.DEFAULTS.usage(), 10, Duration.ofDays(1_000));
    return new Keysets(
        store,
        Map.of("memory", kms),
        KEK,
        new SecureRandom(),
        time,
        new KeyCare(limits, events, time));
  }

  private StoredKeyset stored(KeyPurpose purpose) {
    return store.find("north", purpose).toCompletableFuture().join().orElseThrow();
  }

  @Test
  void a_primary_that_is_too_old_gets_one_successor_from_many_gateways() throws Exception {
    await(here.ring("north", KeyPurpose.ENCRYPT));
    await(there.ring("north", KeyPurpose.ENCRYPT));
    time.pass(Duration.ofDays(83).minusSeconds(1));
    await(here.rotateDue(QUARTERLY));
    assertThat(stored(KeyPurpose.ENCRYPT).primary()).isEqualTo(1);

    time.pass(Duration.ofDays(7).plusSeconds(1));
    for (int look = 0; look < 3; look++) {
      List<CompletableFuture<?>> looks = Stream.of(here, there, here, there)
          .<CompletableFuture<?>>map(keys -> keys.rotateDue(QUARTERLY).toCompletableFuture())
          .toList();
      await(CompletableFuture.allOf(looks.toArray(CompletableFuture<?>[]::new)));
      await(there.refresh());
    }
    assertThat(stored(KeyPurpose.ENCRYPT).versions()).hasSize(2);
    assertThat(stored(KeyPurpose.ENCRYPT).primary()).isEqualTo(2);
    assertThat(events.said()).contains("too old north 1").doesNotContain("too old north 2");
  }

  @Test
  void keys_of_tokens_and_digests_never_rotate_by_themselves() throws Exception {
    await(here.ring("north", KeyPurpose.TOKENIZE));
    await(here.ring("north", KeyPurpose.INDEX));
    time.pass(Duration.ofDays(900));
    await(here.rotateDue(QUARTERLY));
    assertThat(stored(KeyPurpose.TOKENIZE).primary()).isEqualTo(1);
    assertThat(stored(KeyPurpose.INDEX).primary()).isEqualTo(1);
  }

  @Test
  void what_cannot_be_recorded_does_not_happen() throws Exception {
    await(here.ring("north", KeyPurpose.ENCRYPT));
    time.pass(Duration.ofDays(91));
    events.refusing(true);
    assertThat(failure(here.rotateDue(QUARTERLY))).isInstanceOf(KeysUnavailableException.class);
    assertThat(stored(KeyPurpose.ENCRYPT).versions()).hasSize(1);
  }

  @Test
  void due_dates_are_spread_over_the_jitter_and_never_later_than_said() {
    Set<Instant> dates = new TreeSet<>();
    IntStream.range(0, 500).forEach(id -> dates.add(QUARTERLY.due(keyset(id))));
    assertThat(dates)
        .allMatch(due -> !due.isBefore(NOW.plus(Duration.ofDays(83))))
        .allMatch(due -> !due.isAfter(NOW.plus(Duration.ofDays(90))))
        .hasSizeGreaterThan(490);
    List<Instant> sorted = List.copyOf(dates);
    assertThat(Duration.between(sorted.get(0), sorted.get(sorted.size() - 1)))
        .isGreaterThan(Duration.ofDays(6));
    RotationAge exact = new RotationAge(Duration.ofDays(90), Duration.ZERO);
    assertThat(exact.due(keyset(7))).isEqualTo(NOW.plus(Duration.ofDays(90)));
  }

  @Test
  void a_jitter_as_long_as_the_time_itself_is_refused() {
    assertThatThrownBy(() -> new RotationAge(Duration.ofDays(1), Duration.ofDays(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RotationAge(Duration.ofMinutes(1), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static StoredKeyset keyset(long id) {
    StoredVersion first = new StoredVersion(
        1,
        VersionState.ENABLED,
        NOW,
        WrappedKey.of(new KekVersion(KEK, "1"), new byte[] {1}),
        "00");
    return StoredKeyset.first("north", KeyPurpose.ENCRYPT, id, first);
  }
}
