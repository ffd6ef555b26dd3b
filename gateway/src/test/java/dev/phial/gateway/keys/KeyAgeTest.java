package dev.phial.gateway.keys;

import static dev.phial.gateway.keys.KeysetsFixture.KEK;
import static dev.phial.gateway.keys.KeysetsFixture.await;
import static dev.phial.gateway.keys.KeysetsFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyDestroyedException;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.crypto.key.UsageLimit;
import dev.phial.gateway.store.InMemoryKeysetStore;
import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.testkit.FaultInjectingKms;
import dev.phial.kms.testkit.InMemoryKms;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threat T7: a data key in memory is used only as long as its KMS agrees, whatever the clocks do. */
class KeyAgeTest {
  private static final Duration MAX_AGE = Duration.ofMinutes(5);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final InMemoryKeysetStore store = new InMemoryKeysetStore();
  private final FaultInjectingKms kms = new FaultInjectingKms(InMemoryKms.with(KEK));
  private final FakeTime time = new FakeTime();
  private final RecordedEvents events = new RecordedEvents();
  private final Keysets keysets = keysets(1_000);

  private Keysets keysets(int bound) {
    KeyLimits limits = new KeyLimits(UsageLimit.DEFAULT, bound, MAX_AGE);
    return new Keysets(
        store,
        Map.of("memory", kms),
        KEK,
        new SecureRandom(),
        time,
        new KeyCare(limits, events, time));
  }

  private KeyRing ring() throws Exception {
    return await(keysets.ring("north", KeyPurpose.TOKENIZE));
  }

  private Throwable refusal() {
    return failure(keysets.ring("north", KeyPurpose.TOKENIZE));
  }

  @Test
  void T7_the_kms_is_asked_again_beside_the_calls_long_before_the_age_runs_out() throws Exception {
    DataKey key = ring().primary();
    time.pass(Duration.ofSeconds(60));
    ring();
    assertThat(kms.unwraps()).isZero();
    time.pass(SECOND);
    assertThat(ring().primary()).isSameAs(key);
    assertThat(kms.unwraps()).isEqualTo(1);
    assertThat(events.said()).containsExactly("confirmed north");
    for (int minute = 0; minute < 60; minute++) {
      time.pass(Duration.ofSeconds(61));
      assertThat(ring().primary()).as("ciphers made of it stay good").isSameAs(key);
    }
    assertThat(key.isDestroyed()).isFalse();
    assertThat(kms.unwraps()).isEqualTo(61);
  }

  @Test
  void T7_maximum_age_alone_in_an_outage_the_keys_are_used_to_the_age_and_then_wiped()
      throws Exception {
    DataKey key = ring().primary();
    kms.breakDown();
    time.pass(Duration.ofSeconds(61));
    ring();
    assertThat(events.said()).containsExactly("stale north 239");
    for (int second = 61; second < 300; second++) {
      time.pass(SECOND);
      assertThat(ring().primary()).isSameAs(key);
    }
    assertThat(events.said()).as("said once").containsExactly("stale north 239");
    time.pass(SECOND);

    assertThat(refusal())
        .isInstanceOf(KeysUnavailableException.class)
        .hasMessageContaining("does not answer");
    assertThat(key.isDestroyed()).isTrue();
    assertThat(events.said()).containsExactly("stale north 239", "withdrawn north");
    kms.heal();
    assertThat(ring().primary().id()).isEqualTo(key.id());
  }

  @Test
  void T7_a_kms_that_refuses_ends_the_use_at_once() throws Exception {
    DataKey key = ring().primary();
    kms.failWith(() -> new AccessDeniedException("the key is disabled"));
    time.pass(Duration.ofSeconds(61));
    ring();
    assertThat(key.isDestroyed()).isTrue();
    assertThat(refusal())
        .isInstanceOf(KeysUnavailableException.class)
        .hasMessageContaining("the key is disabled");
    assertThat(events.said()).containsExactly("withdrawn north");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, -1})
  void T7_a_clock_that_jumps_a_day_has_the_kms_asked_and_nobody_refused(int days) throws Exception {
    DataKey key = ring().primary();
    time.jump(Duration.ofDays(days));
    assertThat(ring().primary()).isSameAs(key);
    assertThat(kms.unwraps()).isEqualTo(1);
    ring();
    assertThat(kms.unwraps()).as("once").isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, -1})
  void T7_a_clock_that_jumps_a_day_in_an_outage_never_lengthens_the_use(int days) throws Exception {
    ring();
    kms.breakDown();
    time.jump(Duration.ofDays(days));
    assertThat(refusal()).isInstanceOf(KeysUnavailableException.class);
  }

  @Test
  void T7_a_machine_that_slept_has_old_keys() throws Exception {
    ring();
    kms.breakDown();
    // The steady clock stands still in the meantime.
    time.jump(Duration.ofHours(8));
    assertThat(refusal()).isInstanceOf(KeysUnavailableException.class);
  }

  @Test
  void a_clock_set_back_by_a_second_changes_nothing() throws Exception {
    ring();
    kms.breakDown();
    time.jump(SECOND.negated());
    assertThat(ring().primary().id().version()).isEqualTo(1);
  }

  @Test
  void T7_many_callers_of_keys_that_are_too_old_have_the_kms_asked_once() throws Exception {
    ring();
    time.pass(MAX_AGE.plus(SECOND));
    kms.stall();
    List<CompletableFuture<KeyRing>> callers = IntStream.range(0, 50)
        .mapToObj(i -> keysets.ring("north", KeyPurpose.TOKENIZE).toCompletableFuture())
        .toList();
    assertThat(callers).noneMatch(CompletableFuture::isDone);
    kms.heal();
    await(CompletableFuture.allOf(callers.toArray(CompletableFuture<?>[]::new)));
    assertThat(kms.unwraps()).isEqualTo(1);
  }

  @Test
  void in_an_outage_the_kms_is_not_asked_with_every_call() throws Exception {
    ring();
    kms.breakDown();
    time.pass(Duration.ofSeconds(61));
    for (int call = 0; call < 1_000; call++) {
      ring();
    }
    assertThat(kms.unwraps()).isEqualTo(1);
    time.pass(Duration.ofSeconds(10));
    ring();
    assertThat(kms.unwraps()).isEqualTo(2);
  }

  @Test
  void keys_that_nobody_uses_leave_memory() throws Exception {
    DataKey key = ring().primary();
    time.pass(MAX_AGE.plus(SECOND));
    await(keysets.refresh());
    assertThat(key.isDestroyed()).isTrue();
    assertThat(keysets.inMemory()).isZero();
    assertThat(ring().primary().id()).isEqualTo(key.id());
    assertThat(events.said()).containsExactly("evicted north");
  }

  @Test
  void T7_after_a_revocation_three_replicas_answer_for_less_than_a_minute_more() throws Exception {
    ring();
    await(keysets.rotate("north", KeyPurpose.TOKENIZE));
    List<Keysets> replicas = List.of(keysets, keysets(1_000), keysets(1_000));
    for (Keysets replica : replicas) {
      await(replica.ring("north", KeyPurpose.TOKENIZE));
    }
    await(keysets.disable("north", KeyPurpose.TOKENIZE, 1));
    assertThat(lastUseOfVersion1(replicas, 15)).allMatch(seconds -> seconds < 60);
  }

  @Test
  void T7_after_a_kek_was_revoked_three_replicas_answer_for_a_minute_more() throws Exception {
    List<Keysets> replicas = List.of(keysets, keysets(1_000), keysets(1_000));
    for (Keysets replica : replicas) {
      await(replica.ring("north", KeyPurpose.TOKENIZE));
    }
    kms.failWith(() -> new AccessDeniedException("the key is disabled"));
    assertThat(lastUseOfVersion1(replicas, 15)).allMatch(seconds -> seconds <= 61);
  }

  /** Per replica, the last second after the revocation in which version 1 could be used; followers look every so often. */
  private List<Integer> lastUseOfVersion1(List<Keysets> replicas, int followEvery)
      throws Exception {
    List<Integer> last = new ArrayList<>(List.of(0, 0, 0));
    for (int second = 1; second <= 300; second++) {
      time.pass(SECOND);
      for (int replica = 0; replica < replicas.size(); replica++) {
        if (second % followEvery == 0) {
          var unused = failure(replicas.get(replica).refresh());
        }
        if (usesVersion1(replicas.get(replica))) {
          last.set(replica, second);
        }
      }
    }
    return last;
  }

  private static boolean usesVersion1(Keysets replica) {
    CompletableFuture<KeyRing> ring =
        replica.ring("north", KeyPurpose.TOKENIZE).toCompletableFuture();
    return !ring.isCompletedExceptionally()
        && ring.join().version(1) instanceof KeyRing.Lookup.Usable usable
        && !usable.key().isDestroyed();
  }

  @Test
  void the_keyset_unused_for_longest_makes_room_and_calls_under_way_finish() throws Exception {
    Keysets small = keysets(2);
    KeyRing first = await(small.ring("a", KeyPurpose.ENCRYPT));
    KeyRing.Hold call = first.hold();
    time.pass(SECOND);
    DataKey second = await(small.ring("b", KeyPurpose.ENCRYPT)).primary();
    time.pass(SECOND);
    await(small.ring("c", KeyPurpose.ENCRYPT));

    assertThat(events.said()).containsExactly("evicted a");
    assertThat(first.primary().isDestroyed()).as("a call is at work with it").isFalse();
    call.close();
    call.close();
    assertThat(first.primary().isDestroyed()).isTrue();
    assertThat(second.isDestroyed()).isFalse();
    assertThat(small.inMemory()).isEqualTo(2);
    assertThat(await(small.ring("a", KeyPurpose.ENCRYPT)).primary().id())
        .isEqualTo(first.primary().id());
  }

  @Test
  void an_evicted_ring_cannot_be_held_any_more() throws Exception {
    Keysets small = keysets(1);
    KeyRing first = await(small.ring("a", KeyPurpose.ENCRYPT));
    await(small.ring("b", KeyPurpose.ENCRYPT));
    assertThat(catchThrowable(first::hold)).isInstanceOf(KeyDestroyedException.class);
    assertThat(first.primary().isDestroyed()).isTrue();
  }

  @Test
  void limits_are_sane() {
    for (int keysetsInMemory : new int[] {0, -1}) {
      assertThat(catchThrowable(() -> new KeyLimits(UsageLimit.DEFAULT, keysetsInMemory, MAX_AGE)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(catchThrowable(() -> new KeyLimits(UsageLimit.DEFAULT, 1, Duration.ZERO)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
