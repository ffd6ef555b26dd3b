package dev.phial.gateway.keys;

import static dev.phial.gateway.keys.KeysetsFixture.KEK;
import static dev.phial.gateway.keys.KeysetsFixture.await;
import static dev.phial.gateway.keys.KeysetsFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.store.InMemoryKeysetStore;
import dev.phial.gateway.store.Replica;
import dev.phial.gateway.store.StoredKeyset;
import dev.phial.kms.KmsUnavailableException;
import dev.phial.kms.testkit.FaultInjectingKms;
import dev.phial.kms.testkit.InMemoryKms;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threat T47: every gateway knows a version before any writes with it, whatever becomes of the gateways meanwhile. */
@Timeout(120)
class TwoPhaseRotationTest {
  private final FakeTime time = new FakeTime();
  private final InMemoryKeysetStore store = new InMemoryKeysetStore(time);
  private final InMemoryKms kek = InMemoryKms.with(KEK);
  private final FaultInjectingKms kmsThere = new FaultInjectingKms(kek);
  private final RecordedEvents events = new RecordedEvents();
  private final Keysets here = keysets(new FaultInjectingKms(kek));
  private final Keysets there = keysets(kmsThere);

  private Keysets keysets(FaultInjectingKms kms) {
    return new Keysets(
        store,
        Map.of("memory", kms),
        KEK,
        new SecureRandom(),
        time,
        new KeyCare(KeyLimits.DEFAULTS, events, time));
  }

  @BeforeEach
  void both_use_the_keyset() throws Exception {
    await(here.join());
    await(there.join());
    ring(here);
    ring(there);
    await(here.follow());
    await(there.follow());
  }

  private static KeyRing ring(Keysets keysets) throws Exception {
    return await(keysets.ring("north", KeyPurpose.ENCRYPT));
  }

  private static int primary(Keysets keysets) throws Exception {
    return ring(keysets).primary().id().version();
  }

  private CompletableFuture<KeysetView> rotation() throws Exception {
    CompletableFuture<KeysetView> rotation =
        here.rotate("north", KeyPurpose.ENCRYPT).toCompletableFuture();
    until(() -> stored().pending().isPresent());
    return rotation;
  }

  private StoredKeyset stored() {
    return store.find("north", KeyPurpose.ENCRYPT).toCompletableFuture().join().orElseThrow();
  }

  private static void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  @Test
  void T47_nobody_writes_with_a_version_before_everybody_knows_it() throws Exception {
    CompletableFuture<KeysetView> rotation = rotation();
    assertThat(primary(here)).isEqualTo(1);
    assertThat(ring(here).version(2)).isInstanceOf(KeyRing.Lookup.Usable.class);
    assertThat(ring(there).version(2)).isInstanceOf(KeyRing.Lookup.Unknown.class);
    assertThat(rotation).isNotDone();

    await(there.follow());
    assertThat(await(rotation).primary()).isEqualTo(2);
    assertThat(primary(here)).isEqualTo(2);
    assertThat(primary(there)).isEqualTo(1);
    assertThat(ring(there).version(2)).isInstanceOf(KeyRing.Lookup.Usable.class);
    await(there.follow());
    assertThat(primary(there)).isEqualTo(2);
  }

  @Test
  void T47_a_rotation_that_takes_long_is_answered_as_pending_and_goes_on_by_itself()
      throws Exception {
    CompletableFuture<KeysetView> rotation = rotation();
    time.pass(Duration.ofSeconds(11));
    KeysetView view = await(rotation);
    assertThat(view.primary()).isEqualTo(1);
    assertThat(view.pending()).hasValue(2);

    await(here.follow());
    assertThat(stored().primary()).isEqualTo(1);
    await(there.follow());
    await(here.follow());
    assertThat(stored().primary()).isEqualTo(2);
    assertThat(events.said()).containsOnlyOnce("promoted north 2");
  }

  @Test
  void T47_rotating_again_brings_the_pending_version_on() throws Exception {
    CompletableFuture<KeysetView> rotation = rotation();
    time.pass(Duration.ofSeconds(11));
    await(rotation);
    CompletableFuture<KeysetView> again =
        here.rotate("north", KeyPurpose.ENCRYPT).toCompletableFuture();
    await(there.follow());
    assertThat(await(again).primary()).isEqualTo(2);
    assertThat(stored().versions()).hasSize(2);
  }

  @Test
  void T47_a_process_that_was_killed_is_waited_for_only_so_long() throws Exception {
    CompletableFuture<KeysetView> rotation = rotation();
    time.pass(Duration.ofSeconds(9));
    await(here.follow());
    assertThat(stored().primary()).isEqualTo(1);
    time.pass(Duration.ofSeconds(22));
    await(here.follow());
    assertThat(stored().primary()).isEqualTo(2);
    assertThat(await(rotation).versions()).hasSize(2);
  }

  @Test
  void T47_a_process_that_has_ended_is_not_waited_for() throws Exception {
    there.close();
    assertThat(await(here.rotate("north", KeyPurpose.ENCRYPT)).primary()).isEqualTo(2);
  }

  @Test
  void T47_who_dies_between_the_phases_leaves_nothing_undone() throws Exception {
    CompletableFuture<KeysetView> rotation = rotation();
    here.close();
    assertThat(failure(rotation)).isInstanceOf(KeysUnavailableException.class);
    await(there.follow());
    assertThat(primary(there)).isEqualTo(2);
    assertThat(events.said()).contains("promoted north 2");
  }

  @Test
  void T47_a_process_that_cannot_open_the_version_is_waited_for() throws Exception {
    CompletableFuture<KeysetView> rotation = rotation();
    kmsThere.breakDown();
    assertThat(failure(there.follow())).isInstanceOf(KeysUnavailableException.class);
    time.pass(Duration.ofSeconds(11));
    assertThat(await(rotation).pending()).hasValue(2);
    await(here.follow());
    assertThat(stored().primary()).isEqualTo(1);
    kmsThere.heal();
    await(there.follow());
    await(here.follow());
    assertThat(stored().primary()).isEqualTo(2);
  }

  @Test
  void T47_one_tenants_keys_that_cannot_be_opened_hold_up_no_other_tenants_rotation()
      throws Exception {
    await(here.ring("south", KeyPurpose.ENCRYPT));
    await(there.ring("south", KeyPurpose.ENCRYPT));
    var unused = rotation();
    kmsThere.failNext(1, () -> KmsUnavailableException.passing("for one key only"));
    assertThat(failure(there.follow())).isInstanceOf(KeysUnavailableException.class);
    Replica told = await(store.replicas(Duration.ofSeconds(1))).stream()
        .filter(replica -> !replica.behind().isEmpty())
        .findFirst()
        .orElseThrow();
    assertThat(told.behind()).containsExactly(stored().id());

    CompletableFuture<KeysetView> south =
        here.rotate("south", KeyPurpose.ENCRYPT).toCompletableFuture();
    await(store.heard(new Replica(told.id(), told.seen() + 1, told.behind())));
    assertThat(await(south).primary()).isEqualTo(2);
    assertThat(stored().primary()).isEqualTo(1);
  }

  @Test
  void T47_a_pending_version_that_is_disabled_never_becomes_primary() throws Exception {
    CompletableFuture<KeysetView> rotation = rotation();
    await(here.disable("north", KeyPurpose.ENCRYPT, 2));
    await(there.follow());
    await(here.follow());
    assertThat(await(rotation).primary()).isEqualTo(1);
    there.close();
    assertThat(await(here.rotate("north", KeyPurpose.ENCRYPT)).primary()).isEqualTo(3);
    assertThat(ring(here).version(2)).isInstanceOf(KeyRing.Lookup.Retired.class);
  }

  @Test
  void T47_a_process_that_knows_the_keyset_only_from_the_store_is_not_waited_for_long()
      throws Exception {
    Keysets idle = keysets(new FaultInjectingKms(kek));
    await(idle.join());
    CompletableFuture<KeysetView> rotation = rotation();
    await(there.follow());
    assertThat(rotation).isNotDone();
    await(idle.follow());
    assertThat(await(rotation).primary()).isEqualTo(2);
    assertThat(primary(idle)).isEqualTo(2);
  }

  @Test
  void T47_who_cannot_see_the_store_searches_with_no_keys_that_may_not_be_all() throws Exception {
    store.failing(true);
    time.pass(Duration.ofSeconds(19));
    assertThat(ring(there).usable()).hasSize(1);
    time.pass(Duration.ofSeconds(2));
    KeyRing old = ring(there);
    assertThatThrownBy(old::usable)
        .isInstanceOf(KeysUnavailableException.class)
        .hasMessageContaining("has not seen the store for 20 s");
    assertThat(old.primary().id().version()).as("what it protects opens anyway").isEqualTo(1);
    store.failing(false);
    await(there.follow());
    assertThat(ring(there).usable()).hasSize(1);
  }

  @Test
  void T47_a_version_that_is_not_known_yet_is_found_in_the_store() throws Exception {
    there.close();
    Keysets stale = keysets(new FaultInjectingKms(kek));
    ring(stale);
    await(here.rotate("north", KeyPurpose.ENCRYPT));
    assertThat(ring(stale).version(2)).isInstanceOf(KeyRing.Lookup.Unknown.class);
    assertThat(await(stale.latest("north", KeyPurpose.ENCRYPT)).version(2))
        .isInstanceOf(KeyRing.Lookup.Usable.class);
  }

  @Test
  void T47_however_many_ask_for_what_is_not_there_the_store_is_asked_seldom() throws Exception {
    int before = store.finds();
    long begun = System.nanoTime();
    for (int round = 0; round < 4; round++) {
      List<CompletableFuture<KeyRing>> asked = IntStream.range(0, 500)
          .mapToObj(i -> here.latest("north", KeyPurpose.ENCRYPT).toCompletableFuture())
          .toList();
      await(CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new)));
    }
    long quarters = Duration.ofNanos(System.nanoTime() - begun).toMillis() / 250;
    assertThat((long) store.finds() - before).isBetween(4L, quarters + 2);
  }
}
