package dev.phial.gateway.keys;

import static dev.phial.gateway.keys.KeysetsFixture.KEK;
import static dev.phial.gateway.keys.KeysetsFixture.await;
import static dev.phial.gateway.keys.KeysetsFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.store.InMemoryKeysetStore;
import dev.phial.gateway.store.StoredVersion;
import dev.phial.gateway.store.VersionState;
import dev.phial.kms.testkit.FaultInjectingKms;
import dev.phial.kms.testkit.InMemoryKms;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DestructionsTest {
  private static final Duration MONTH = Duration.ofDays(30);

  private final InMemoryKeysetStore store = new InMemoryKeysetStore();
  private final FaultInjectingKms kms = new FaultInjectingKms(InMemoryKms.with(KEK));
  private final FakeTime time = new FakeTime();
  private final RecordedEvents events = new RecordedEvents();
  private final List<Keysets> opened = new ArrayList<>();
  private final Keysets keysets = process();

  @AfterEach
  void close() {
    opened.forEach(Keysets::close);
  }

  /** Another process on the same store. */
  private Keysets process() {
    Keysets process = new Keysets(
        store,
        Map.of("memory", kms),
        KEK,
        new SecureRandom(),
        time,
        new KeyCare(KeyLimits.DEFAULTS, events, time));
    opened.add(process);
    return process;
  }

  private DestructionOrder inAMonth() {
    return new DestructionOrder(time.instant().plus(MONTH), "officer", "", "request-1");
  }

  private void rotated(int times) throws Exception {
    for (int i = 0; i <= times; i++) {
      await(keysets.rotate("north", KeyPurpose.ENCRYPT));
    }
  }

  private KeysetView schedule(int version) throws Exception {
    return await(keysets.schedule("north", KeyPurpose.ENCRYPT, version, inAMonth()));
  }

  private static KeyRing.Lookup version(Keysets process, int version) throws Exception {
    return await(process.ring("north", KeyPurpose.ENCRYPT)).version(version);
  }

  private static DataKey key(Keysets process, int version) throws Exception {
    return ((KeyRing.Lookup.Usable) version(process, version)).key();
  }

  private StoredVersion stored(int version) throws Exception {
    return await(store.find("north", KeyPurpose.ENCRYPT))
        .orElseThrow()
        .versions()
        .get(version - 1);
  }

  @Test
  void a_version_that_is_to_be_destroyed_is_out_of_use_at_once_and_its_key_wiped()
      throws Exception {
    rotated(1);
    DataKey key = key(keysets, 1);

    KeysetView view = schedule(1);

    assertThat(view.versions().get(0).state()).isEqualTo(KeysetView.State.DISABLED);
    assertThat(view.versions().get(0).destruction()).hasValueSatisfying(how -> {
      assertThat(how.due()).isEqualTo(time.instant().plus(MONTH));
      assertThat(how.askedBy()).isEqualTo("officer");
      assertThat(how.request()).isEqualTo("request-1");
      assertThat(how.done()).isEmpty();
    });
    assertThat(key.isDestroyed()).isTrue();
    assertThat(version(keysets, 1)).isInstanceOf(KeyRing.Lookup.Retired.class);
    assertThat(version(keysets, 2)).isInstanceOf(KeyRing.Lookup.Usable.class);
  }

  @Test
  void a_preview_changes_nothing() throws Exception {
    rotated(1);
    KeysetView view = await(keysets.preview("north", KeyPurpose.ENCRYPT, 1, inAMonth()));

    assertThat(view.versions().get(0).destruction()).isPresent();
    assertThat(stored(1).state()).isEqualTo(VersionState.ENABLED);
    assertThat(version(keysets, 1)).isInstanceOf(KeyRing.Lookup.Usable.class);
  }

  @Test
  void nothing_is_destroyed_before_its_time_and_it_can_be_taken_back_until_then() throws Exception {
    rotated(1);
    String before = Fingerprint.of(key(keysets, 1));
    schedule(1);
    time.pass(MONTH.minusMillis(1));
    assertThat(await(keysets.destroyDue())).isZero();
    assertThat(stored(1).wrapped().bytes()).isNotEmpty();

    await(keysets.cancel("north", KeyPurpose.ENCRYPT, 1));
    time.pass(Duration.ofDays(1));
    assertThat(await(keysets.destroyDue())).isZero();
    assertThat(version(keysets, 1)).isEqualTo(new KeyRing.Lookup.Retired("DISABLED"));
    await(keysets.enable("north", KeyPurpose.ENCRYPT, 1));
    assertThat(Fingerprint.of(key(keysets, 1))).isEqualTo(before);
  }

  @Test
  void what_is_due_is_destroyed_for_good_and_told_before_and_after() throws Exception {
    rotated(1);
    schedule(1);
    time.pass(MONTH);

    assertThat(await(keysets.destroyDue())).isEqualTo(1);

    assertThat(stored(1).state()).isEqualTo(VersionState.DESTROYED);
    assertThat(stored(1).wrapped().bytes()).isEmpty();
    assertThat(stored(1).destruction().orElseThrow().done()).contains(time.instant());
    assertThat(events.said()).containsSubsequence("destroying north [1]", "destroyed north [1]");
    assertThat(version(keysets, 1)).isEqualTo(new KeyRing.Lookup.Retired("DESTROYED"));
    assertThat(failure(keysets.enable("north", KeyPurpose.ENCRYPT, 1)))
        .isInstanceOf(KeyStateException.class)
        .hasMessageContaining("for good");
    assertThat(failure(keysets.cancel("north", KeyPurpose.ENCRYPT, 1)))
        .isInstanceOf(KeyStateException.class)
        .hasMessageContaining("for good");
    assertThat(failure(keysets.schedule("north", KeyPurpose.ENCRYPT, 1, inAMonth())))
        .hasMessageContaining("for good");
    assertThat(await(keysets.destroyDue())).isZero();
  }

  @Test
  void a_keyset_with_a_destroyed_version_is_used_rotated_and_rewrapped_on() throws Exception {
    rotated(1);
    schedule(1);
    time.pass(MONTH);
    await(keysets.destroyDue());
    await(keysets.rotate("north", KeyPurpose.ENCRYPT));
    await(keysets.rewrap("north", KeyPurpose.ENCRYPT));

    Keysets next = process();
    assertThat(await(next.ring("north", KeyPurpose.ENCRYPT)).primary().id().version())
        .isEqualTo(3);
    assertThat(version(next, 1)).isEqualTo(new KeyRing.Lookup.Retired("DESTROYED"));
    assertThat(stored(1).wrapped().bytes()).isEmpty();
  }

  @Test
  void what_cannot_be_recorded_is_not_destroyed() throws Exception {
    rotated(1);
    schedule(1);
    time.pass(MONTH);
    events.refusing(true);
    assertThat(failure(keysets.destroyDue())).isInstanceOf(KeysUnavailableException.class);
    assertThat(stored(1).wrapped().bytes()).isNotEmpty();

    events.refusing(false);
    assertThat(await(keysets.destroyDue())).isEqualTo(1);
  }

  @Test
  void it_is_not_called_destroyed_while_old_rows_are_kept_alive() throws Exception {
    rotated(1);
    schedule(1);
    time.pass(MONTH);
    store.holding(true);
    assertThat(await(keysets.destroyDue())).isZero();
    assertThat(stored(1).state()).isEqualTo(VersionState.DESTROYED);
    assertThat(stored(1).destruction().orElseThrow().done()).isEmpty();
    assertThat(events.said()).doesNotContain("destroyed north [1]");

    store.holding(false);
    assertThat(await(keysets.destroyDue())).isEqualTo(1);
    assertThat(events.said()).containsOnlyOnce("destroyed north [1]");
  }

  @Test
  void of_several_processes_one_destroys_and_says_so() throws Exception {
    rotated(1);
    schedule(1);
    List<Keysets> processes = List.of(keysets, process(), process());
    time.pass(MONTH);
    List<CompletableFuture<Integer>> looks =
        processes.stream().map(one -> one.destroyDue().toCompletableFuture()).toList();
    await(CompletableFuture.allOf(looks.toArray(CompletableFuture<?>[]::new)));

    assertThat(looks.stream().mapToInt(CompletableFuture::join).sum()).isEqualTo(1);
    assertThat(events.said()).containsOnlyOnce("destroyed north [1]");
  }

  /** G5: within the next look of a follower, and while the KMS is away. */
  @Test
  void another_process_wipes_the_key_at_its_next_look_even_without_the_kms() throws Exception {
    rotated(1);
    Keysets other = process();
    DataKey known = key(other, 1);
    schedule(1);
    await(keysets.rotate("north", KeyPurpose.ENCRYPT));
    kms.breakDown();

    assertThat(failure(other.refresh())).as("the new version cannot be opened").isNotNull();

    assertThat(known.isDestroyed()).isTrue();
    kms.heal();
    await(other.refresh());
    assertThat(version(other, 1)).isInstanceOf(KeyRing.Lookup.Retired.class);
  }

  @Test
  void what_no_kms_can_open_any_more_can_still_be_destroyed() throws Exception {
    rotated(1);
    kms.breakDown();
    Keysets fresh = process();
    await(fresh.schedule("north", KeyPurpose.ENCRYPT, 1, inAMonth()));
    time.pass(MONTH);
    assertThat(await(fresh.destroyDue())).isEqualTo(1);
    assertThat(stored(1).wrapped().bytes()).isEmpty();
  }

  @Test
  void a_rotation_and_a_destruction_at_once_both_hold() throws Exception {
    rotated(1);
    Keysets other = process();
    CompletableFuture<KeysetView> rotation =
        other.rotate("north", KeyPurpose.ENCRYPT).toCompletableFuture();
    schedule(1);
    await(rotation);
    assertThat(stored(1).destruction()).isPresent();
    assertThat(await(store.find("north", KeyPurpose.ENCRYPT)).orElseThrow().primary())
        .isEqualTo(3);
  }

  @Test
  void what_does_not_fit_says_what_to_do() throws Exception {
    rotated(1);
    assertThat(failure(keysets.schedule("north", KeyPurpose.ENCRYPT, 2, inAMonth())))
        .isInstanceOf(KeyStateException.class)
        .hasMessageContaining("rotate the keyset first");
    assertThat(failure(keysets.schedule("north", KeyPurpose.ENCRYPT, 3, inAMonth())))
        .hasMessageContaining("its versions are 1 to 2");
    assertThat(failure(keysets.schedule("nobody", KeyPurpose.ENCRYPT, 1, inAMonth())))
        .hasMessageContaining("no keyset");
    assertThat(failure(keysets.cancel("north", KeyPurpose.ENCRYPT, 1)))
        .hasMessageContaining("not to be destroyed");
    schedule(1);
    assertThat(failure(keysets.enable("north", KeyPurpose.ENCRYPT, 1)))
        .hasMessageContaining("cancel that first");
  }

  @Test
  void a_trim_takes_every_lower_version_that_is_out_of_use() throws Exception {
    rotated(4);
    await(keysets.disable("north", KeyPurpose.ENCRYPT, 1));
    assertThat(failure(keysets.trim("north", KeyPurpose.ENCRYPT, 3, inAMonth())))
        .isInstanceOf(KeyStateException.class)
        .hasMessageContaining("version 2 is enabled; disable it first");
    await(keysets.disable("north", KeyPurpose.ENCRYPT, 2));
    await(keysets.disable("north", KeyPurpose.ENCRYPT, 3));
    assertThat(failure(keysets.trim("north", KeyPurpose.ENCRYPT, 6, inAMonth())))
        .hasMessageContaining("rotate the keyset first");

    KeysetView trimmed = await(keysets.trim("north", KeyPurpose.ENCRYPT, 3, inAMonth()));

    assertThat(trimmed.versions())
        .extracting(version -> version.destruction().isPresent())
        .containsExactly(true, true, false, false, false);
    time.pass(MONTH);
    assertThat(await(keysets.destroyDue())).isEqualTo(2);
    assertThat(await(keysets.trim("north", KeyPurpose.ENCRYPT, 3, inAMonth())).versions())
        .extracting(KeysetView.Version::state)
        .startsWith(KeysetView.State.DESTROYED, KeysetView.State.DESTROYED);
    assertThat(stored(3).destruction()).isEmpty();
  }
}
