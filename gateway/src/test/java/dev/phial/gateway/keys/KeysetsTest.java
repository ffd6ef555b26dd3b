package dev.phial.gateway.keys;

import static dev.phial.gateway.keys.KeysetsFixture.KEK;
import static dev.phial.gateway.keys.KeysetsFixture.NOW;
import static dev.phial.gateway.keys.KeysetsFixture.await;
import static dev.phial.gateway.keys.KeysetsFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyDestroyedException;
import dev.phial.crypto.key.KeyId;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.store.InMemoryKeysetStore;
import dev.phial.gateway.store.StoredKeyset;
import dev.phial.gateway.store.StoredVersion;
import dev.phial.gateway.store.VersionState;
import dev.phial.kms.InvalidWrappedKeyException;
import dev.phial.kms.KekRef;
import dev.phial.kms.KmsUnavailableException;
import dev.phial.kms.WrappedKey;
import dev.phial.kms.testkit.FaultInjectingKms;
import dev.phial.kms.testkit.InMemoryKms;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeysetsTest {
  private final InMemoryKeysetStore store = new InMemoryKeysetStore();
  private final FaultInjectingKms kms = new FaultInjectingKms(InMemoryKms.with(KEK));
  private final Keysets keysets = KeysetsFixture.keysets(store, kms);

  private KeyRing ring(String tenant, KeyPurpose purpose) throws Exception {
    return await(keysets.ring(tenant, purpose));
  }

  @ParameterizedTest
  @EnumSource
  void creates_a_durable_keyset_on_first_use(KeyPurpose purpose) throws Exception {
    KeyRing ring = ring("north", purpose);
    StoredKeyset stored = await(store.find("north", purpose)).orElseThrow();
    assertThat(ring.keysetId()).isEqualTo(stored.id());
    assertThat(ring.primary().id()).isEqualTo(new KeyId(stored.id(), 1));
    assertThat(ring.primary().purpose()).isEqualTo(purpose);
    assertThat(stored.versions()).extracting(StoredVersion::created).containsExactly(NOW);
  }

  @Test
  void gives_the_same_key_in_the_next_life_of_the_process() throws Exception {
    String before = Fingerprint.of(ring("north", KeyPurpose.ENCRYPT).primary());
    try (Keysets next = KeysetsFixture.keysets(store, kms)) {
      assertThat(Fingerprint.of(await(next.ring("north", KeyPurpose.ENCRYPT)).primary()))
          .isEqualTo(before);
    }
  }

  @Test
  void gives_every_tenant_and_purpose_a_key_of_its_own() throws Exception {
    List<String> fingerprints = new ArrayList<>();
    for (String tenant : List.of("north", "south")) {
      for (KeyPurpose purpose : KeyPurpose.values()) {
        fingerprints.add(Fingerprint.of(ring(tenant, purpose).primary()));
      }
    }
    assertThat(fingerprints).doesNotHaveDuplicates().hasSize(6);
  }

  @Test
  void makes_one_keyset_for_many_first_callers() throws Exception {
    kms.stall();
    List<CompletableFuture<KeyRing>> callers = IntStream.range(0, 50)
        .mapToObj(i -> keysets.ring("north", KeyPurpose.ENCRYPT).toCompletableFuture())
        .toList();
    kms.heal();
    await(CompletableFuture.allOf(callers.toArray(CompletableFuture<?>[]::new)));
    assertThat(callers)
        .extracting(CompletableFuture::join)
        .containsOnly(callers.get(0).join());
    assertThat(kms.wraps()).isEqualTo(1);
    assertThat(kms.unwraps()).isZero();
  }

  @Test
  void lets_one_caller_give_up_without_the_others() throws Exception {
    kms.stall();
    CompletableFuture<KeyRing> impatient =
        keysets.ring("north", KeyPurpose.ENCRYPT).toCompletableFuture();
    CompletableFuture<KeyRing> patient =
        keysets.ring("north", KeyPurpose.ENCRYPT).toCompletableFuture();
    assertThat(impatient.cancel(true)).isTrue();
    kms.heal();
    assertThat(await(patient).primary().id().version()).isEqualTo(1);
  }

  @Test
  void unwraps_a_version_once() throws Exception {
    await(keysets.rotate("north", KeyPurpose.ENCRYPT));
    await(keysets.rotate("north", KeyPurpose.ENCRYPT));
    try (Keysets next = KeysetsFixture.keysets(store, kms)) {
      await(next.ring("north", KeyPurpose.ENCRYPT));
      await(next.rotate("north", KeyPurpose.ENCRYPT));
      await(next.refresh());
      await(next.ring("north", KeyPurpose.ENCRYPT));
    }
    assertThat(kms.unwraps()).isEqualTo(2);
  }

  @Test
  void fails_while_the_kms_is_down_and_works_when_it_is_back() throws Exception {
    kms.breakDown();
    assertThat(failure(keysets.ring("north", KeyPurpose.ENCRYPT)))
        .isInstanceOf(KeysUnavailableException.class)
        .hasCauseInstanceOf(KmsUnavailableException.class);
    assertThat(await(store.list(Optional.empty()))).isEmpty();
    kms.heal();
    assertThat(ring("north", KeyPurpose.ENCRYPT).primary().id().version()).isEqualTo(1);
  }

  @Test
  void serves_what_it_has_while_the_kms_is_down() throws Exception {
    KeyRing before = ring("north", KeyPurpose.ENCRYPT);
    kms.breakDown();
    store.failing(true);
    assertThat(ring("north", KeyPurpose.ENCRYPT)).isSameAs(before);
    assertThat(failure(keysets.rotate("north", KeyPurpose.ENCRYPT)))
        .isInstanceOf(KeysUnavailableException.class);
    assertThat(ring("north", KeyPurpose.ENCRYPT)).isSameAs(before);
  }

  @Test
  void fails_while_the_store_is_down_and_never_uses_a_key_that_is_not_stored() throws Exception {
    store.failing(true);
    assertThat(failure(keysets.ring("north", KeyPurpose.ENCRYPT)))
        .isInstanceOf(KeysUnavailableException.class);
    assertThat(failure(keysets.pin("north", "ssn"))).isInstanceOf(KeysUnavailableException.class);
    assertThat(failure(keysets.list(Optional.empty())))
        .isInstanceOf(KeysUnavailableException.class);
    store.failing(false);
    assertThat(await(keysets.pin("north", "ssn"))).isEqualTo(new Pin.Settled(1));
  }

  @Test
  void is_available_when_asked_and_notices_loss_and_recovery_by_itself() throws Exception {
    assertThat(await(keysets.probe())).isTrue();
    assertThat(keysets.available()).isTrue();
    kms.breakDown();
    failure(keysets.ring("north", KeyPurpose.ENCRYPT));
    assertThat(keysets.available()).isFalse();
    assertThat(keysets.available()).isFalse();
    kms.heal();
    assertThat(keysets.available()).isFalse();
    assertThat(keysets.available()).isTrue();
  }

  @Test
  void rotates_to_a_new_primary_and_keeps_the_old_versions() throws Exception {
    KeyRing first = ring("north", KeyPurpose.TOKENIZE);
    KeysetView view = await(keysets.rotate("north", KeyPurpose.TOKENIZE));
    KeyRing second = ring("north", KeyPurpose.TOKENIZE);
    assertThat(view.primary()).isEqualTo(2);
    assertThat(view.versions()).extracting(KeysetView.Version::kek).containsOnly("memory/default");
    assertThat(second.primary().id()).isEqualTo(new KeyId(first.keysetId(), 2));
    assertThat(second.version(1)).isEqualTo(new KeyRing.Lookup.Usable(first.primary()));
    assertThat(first.primary().id().version()).isEqualTo(1);
    assertThat(first.version(2)).isInstanceOf(KeyRing.Lookup.Unknown.class);
  }

  @Test
  void rotates_what_was_never_used_by_creating_it() throws Exception {
    assertThat(await(keysets.rotate("north", KeyPurpose.INDEX)).primary()).isEqualTo(1);
    assertThat(await(keysets.rotate("north", KeyPurpose.INDEX)).primary()).isEqualTo(2);
    assertThat(await(keysets.list(Optional.of("north")))).hasSize(1);
  }

  @Test
  void answers_of_a_retired_version_that_it_is_retired() throws Exception {
    StoredKeyset current = rotated("north", 2);
    StoredVersion disabled = changed(current.versions().get(0), VersionState.DISABLED);
    StoredVersion destroyed = new StoredVersion(
        2,
        VersionState.DESTROYED,
        NOW,
        WrappedKey.of(current.versions().get(1).wrapped().kekVersion(), new byte[0]),
        current.versions().get(1).check());
    await(store.compareAndSet(
        changed(current, 3, List.of(disabled, destroyed, current.versions().get(2)))));
    await(keysets.refresh());
    KeyRing ring = ring("north", KeyPurpose.TOKENIZE);
    assertThat(ring.version(1)).isEqualTo(new KeyRing.Lookup.Retired("DISABLED"));
    assertThat(ring.version(2)).isEqualTo(new KeyRing.Lookup.Retired("DESTROYED"));
    assertThat(ring.version(3)).isInstanceOf(KeyRing.Lookup.Usable.class);
    assertThat(ring.version(4)).isInstanceOf(KeyRing.Lookup.Unknown.class);
    assertThat(ring.version(-1)).isInstanceOf(KeyRing.Lookup.Unknown.class);
  }

  @Test
  void protects_nothing_with_a_disabled_primary_until_it_is_rotated() throws Exception {
    StoredKeyset current = rotated("north", 0);
    await(store.compareAndSet(
        changed(current, 1, List.of(changed(current.versions().get(0), VersionState.DISABLED)))));
    await(keysets.refresh());
    KeyRing ring = ring("north", KeyPurpose.TOKENIZE);
    assertThatThrownBy(ring::primary)
        .isInstanceOf(KeysUnavailableException.class)
        .hasMessageContaining("rotate");
    await(keysets.rotate("north", KeyPurpose.TOKENIZE));
    assertThat(ring("north", KeyPurpose.TOKENIZE).primary().id().version()).isEqualTo(2);
  }

  @Test
  void a_disabled_version_opens_nothing_and_its_key_is_wiped_until_it_is_enabled_again()
      throws Exception {
    rotated("north", 1);
    DataKey first = usable(ring("north", KeyPurpose.TOKENIZE), 1);
    String before = Fingerprint.of(first);

    KeysetView view = await(keysets.disable("north", KeyPurpose.TOKENIZE, 1));

    assertThat(view.versions())
        .extracting(KeysetView.Version::state)
        .containsExactly(KeysetView.State.DISABLED, KeysetView.State.ENABLED);
    assertThat(first.isDestroyed()).isTrue();
    assertThat(ring("north", KeyPurpose.TOKENIZE).version(1))
        .isEqualTo(new KeyRing.Lookup.Retired("DISABLED"));
    await(keysets.enable("north", KeyPurpose.TOKENIZE, 1));
    assertThat(Fingerprint.of(usable(ring("north", KeyPurpose.TOKENIZE), 1))).isEqualTo(before);
  }

  @Test
  void a_switch_that_is_made_already_changes_nothing() throws Exception {
    rotated("north", 1);
    await(keysets.disable("north", KeyPurpose.TOKENIZE, 1));
    long revision =
        await(store.find("north", KeyPurpose.TOKENIZE)).orElseThrow().revision();
    await(keysets.disable("north", KeyPurpose.TOKENIZE, 1));
    await(keysets.enable("north", KeyPurpose.TOKENIZE, 2));
    assertThat(await(store.find("north", KeyPurpose.TOKENIZE)).orElseThrow().revision())
        .isEqualTo(revision);
  }

  @Test
  void a_change_that_does_not_fit_says_what_to_do_and_is_no_outage() throws Exception {
    rotated("north", 1);
    await(keysets.probe());
    assertThat(failure(keysets.disable("north", KeyPurpose.TOKENIZE, 2)))
        .isInstanceOf(KeyStateException.class)
        .hasMessageContaining("rotate the keyset first");
    assertThat(failure(keysets.disable("north", KeyPurpose.TOKENIZE, 3)))
        .isInstanceOf(KeyStateException.class)
        .hasMessageContaining("its versions are 1 to 2");
    assertThat(failure(keysets.rewrap("nobody", KeyPurpose.TOKENIZE)))
        .isInstanceOf(KeyStateException.class)
        .hasMessageContaining("no keyset");
    assertThat(keysets.available()).isTrue();
  }

  @Test
  void another_process_follows_a_switch_at_its_next_refresh() throws Exception {
    rotated("north", 1);
    try (Keysets other = KeysetsFixture.keysets(store, kms)) {
      DataKey known = usable(await(other.ring("north", KeyPurpose.TOKENIZE)), 1);
      await(keysets.disable("north", KeyPurpose.TOKENIZE, 1));
      await(other.refresh());
      assertThat(await(other.ring("north", KeyPurpose.TOKENIZE)).version(1))
          .isEqualTo(new KeyRing.Lookup.Retired("DISABLED"));
      assertThat(known.isDestroyed()).isTrue();
    }
  }

  @Test
  void two_processes_that_switch_different_versions_at_once_both_succeed() throws Exception {
    rotated("north", 2);
    try (Keysets other = KeysetsFixture.keysets(store, kms)) {
      CompletionStage<KeysetView> here = keysets.disable("north", KeyPurpose.TOKENIZE, 1);
      CompletionStage<KeysetView> there = other.disable("north", KeyPurpose.TOKENIZE, 2);
      await(here);
      await(there);
      assertThat(await(store.find("north", KeyPurpose.TOKENIZE)).orElseThrow().versions())
          .extracting(StoredVersion::state)
          .containsExactly(VersionState.DISABLED, VersionState.DISABLED, VersionState.ENABLED);
    }
  }

  @Test
  void an_enabled_version_is_one_that_could_be_opened() throws Exception {
    rotated("north", 1);
    await(keysets.disable("north", KeyPurpose.TOKENIZE, 1));
    kms.breakDown();
    assertThat(failure(keysets.enable("north", KeyPurpose.TOKENIZE, 1)))
        .isInstanceOf(KeysUnavailableException.class);
    assertThat(await(store.find("north", KeyPurpose.TOKENIZE))
            .orElseThrow()
            .versions()
            .get(0)
            .state())
        .isEqualTo(VersionState.DISABLED);
  }

  @Test
  void a_rewrapped_keyset_needs_its_old_kek_no_more_and_has_the_same_keys() throws Exception {
    rotated("north", 1);
    String before = Fingerprint.of(usable(ring("north", KeyPurpose.TOKENIZE), 1));
    await(keysets.disable("north", KeyPurpose.TOKENIZE, 1));
    KekRef next = new KekRef("other", "default");
    InMemoryKms otherKms = InMemoryKms.with(next);
    try (Keysets moved = new Keysets(
        store,
        Map.of("memory", kms, "other", otherKms),
        next,
        new SecureRandom(),
        InstantSource.fixed(NOW))) {
      KeysetView view = await(moved.rewrap("north", KeyPurpose.TOKENIZE));
      assertThat(view.versions()).extracting(KeysetView.Version::kek).containsOnly("other/default");
      assertThat(view.versions().get(0).state()).isEqualTo(KeysetView.State.DISABLED);
    }
    try (Keysets without = new Keysets(
        store, Map.of("other", otherKms), next, new SecureRandom(), InstantSource.fixed(NOW))) {
      await(without.enable("north", KeyPurpose.TOKENIZE, 1));
      assertThat(Fingerprint.of(usable(await(without.ring("north", KeyPurpose.TOKENIZE)), 1)))
          .isEqualTo(before);
    }
  }

  @Test
  void a_wrong_key_from_a_lying_kms_is_not_wrapped_again() throws Exception {
    ring("north", KeyPurpose.TOKENIZE);
    StoredKeyset before = await(store.find("north", KeyPurpose.TOKENIZE)).orElseThrow();
    kms.lie();
    assertThat(failure(keysets.rewrap("north", KeyPurpose.TOKENIZE)))
        .hasMessageContaining("not the key of version 1");
    assertThat(await(store.find("north", KeyPurpose.TOKENIZE))).contains(before);
  }

  @Test
  void a_new_wrapping_that_does_not_open_to_the_same_key_replaces_nothing() throws Exception {
    ring("north", KeyPurpose.TOKENIZE);
    StoredKeyset before = await(store.find("north", KeyPurpose.TOKENIZE)).orElseThrow();
    KekRef next = new KekRef("other", "default");
    FaultInjectingKms otherKms = new FaultInjectingKms(InMemoryKms.with(next));
    otherKms.lie();
    try (Keysets moved = new Keysets(
        store,
        Map.of("memory", kms, "other", otherKms),
        next,
        new SecureRandom(),
        InstantSource.fixed(NOW))) {
      assertThat(failure(moved.rewrap("north", KeyPurpose.TOKENIZE)))
          .hasMessageContaining("not the key of version 1");
    }
    assertThat(await(store.find("north", KeyPurpose.TOKENIZE))).contains(before);
  }

  private static DataKey usable(KeyRing ring, int version) {
    return ((KeyRing.Lookup.Usable) ring.version(version)).key();
  }

  /** Threat T6. */
  @Test
  void refuses_another_tenants_wrapped_key_in_the_store() throws Exception {
    ring("north", KeyPurpose.TOKENIZE);
    ring("south", KeyPurpose.TOKENIZE);
    StoredKeyset north = await(store.find("north", KeyPurpose.TOKENIZE)).orElseThrow();
    StoredKeyset south = await(store.find("south", KeyPurpose.TOKENIZE)).orElseThrow();
    await(store.compareAndSet(changed(north, 1, south.versions())));
    try (Keysets next = KeysetsFixture.keysets(store, kms)) {
      assertThat(failure(next.ring("north", KeyPurpose.TOKENIZE)))
          .isInstanceOf(KeysUnavailableException.class)
          .hasCauseInstanceOf(InvalidWrappedKeyException.class);
    }
  }

  /** Threat T48: FF1 under a wrong key gives plausible wrong values, so a wrong key must not get that far. */
  @Test
  void refuses_a_wrong_key_from_a_lying_kms() throws Exception {
    ring("north", KeyPurpose.TOKENIZE);
    kms.lie();
    try (Keysets next = KeysetsFixture.keysets(store, kms)) {
      assertThat(failure(next.ring("north", KeyPurpose.TOKENIZE)))
          .isInstanceOf(KeysUnavailableException.class)
          .hasMessageContaining("not the key of version 1");
      kms.heal();
      assertThat(await(next.ring("north", KeyPurpose.TOKENIZE)).primary().id().version())
          .isEqualTo(1);
    }
  }

  @Test
  void pins_an_element_to_the_primary_of_its_first_use_for_good() throws Exception {
    await(keysets.rotate("north", KeyPurpose.TOKENIZE));
    await(keysets.rotate("north", KeyPurpose.TOKENIZE));
    assertThat(await(keysets.pin("north", "ssn"))).isEqualTo(new Pin.Settled(2));
    await(keysets.rotate("north", KeyPurpose.TOKENIZE));
    assertThat(await(keysets.pin("north", "ssn"))).isEqualTo(new Pin.Settled(2));
    assertThat(await(keysets.pin("north", "mrn"))).isEqualTo(new Pin.Settled(3));
    try (Keysets next = KeysetsFixture.keysets(store, kms)) {
      assertThat(await(next.pin("north", "ssn"))).isEqualTo(new Pin.Settled(2));
    }
  }

  @Test
  void knows_the_version_that_another_process_has_pinned() throws Exception {
    ring("north", KeyPurpose.TOKENIZE);
    try (Keysets other = KeysetsFixture.keysets(store, kms)) {
      await(other.rotate("north", KeyPurpose.TOKENIZE));
      await(other.pin("north", "ssn"));
    }
    assertThat(await(keysets.pin("north", "ssn"))).isEqualTo(new Pin.Settled(2));
    assertThat(ring("north", KeyPurpose.TOKENIZE).version(2))
        .isInstanceOf(KeyRing.Lookup.Usable.class);
  }

  @Test
  void does_not_go_back_when_a_backup_is_restored_under_it() throws Exception {
    ring("north", KeyPurpose.TOKENIZE);
    StoredKeyset backup = await(store.find("north", KeyPurpose.TOKENIZE)).orElseThrow();
    await(keysets.rotate("north", KeyPurpose.TOKENIZE));
    KeyRing before = ring("north", KeyPurpose.TOKENIZE);
    store.restore(backup);
    assertThat(failure(keysets.refresh())).hasMessageContaining("if a backup was restored");
    assertThat(failure(keysets.rotate("north", KeyPurpose.TOKENIZE)))
        .isInstanceOf(KeysUnavailableException.class);
    assertThat(ring("north", KeyPurpose.TOKENIZE)).isSameAs(before);
  }

  @Test
  void wipes_its_keys_on_close_and_gives_none_afterwards() throws Exception {
    DataKey key = ring("north", KeyPurpose.ENCRYPT).primary();
    keysets.close();
    assertThat(key.isDestroyed()).isTrue();
    assertThatThrownBy(() -> Fingerprint.of(key)).isInstanceOf(KeyDestroyedException.class);
    assertThat(failure(keysets.ring("north", KeyPurpose.ENCRYPT)))
        .isInstanceOf(KeysUnavailableException.class);
    assertThat(failure(keysets.rotate("north", KeyPurpose.ENCRYPT)))
        .isInstanceOf(KeysUnavailableException.class);
    assertThat(keysets.available()).isFalse();
  }

  @Test
  void needs_the_kms_of_its_kek() {
    KekRef elsewhere = new KekRef("cloud", "default");
    assertThatThrownBy(() -> new Keysets(
            store, Map.of("memory", kms), elsewhere, new SecureRandom(), InstantSource.fixed(NOW)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no kms 'cloud' is configured");
  }

  /** The keyset of a tenant's tokens after a number of rotations. */
  private StoredKeyset rotated(String tenant, int times) throws Exception {
    ring(tenant, KeyPurpose.TOKENIZE);
    for (int i = 0; i < times; i++) {
      await(keysets.rotate(tenant, KeyPurpose.TOKENIZE));
    }
    return await(store.find(tenant, KeyPurpose.TOKENIZE)).orElseThrow();
  }

  private static StoredKeyset changed(
      StoredKeyset keyset, int primary, List<StoredVersion> versions) {
    return new StoredKeyset(
        keyset.tenant(), keyset.purpose(), keyset.id(), keyset.revision() + 1, primary, versions);
  }

  private static StoredVersion changed(StoredVersion version, VersionState state) {
    return new StoredVersion(
        version.version(), state, version.created(), version.wrapped(), version.check());
  }
}
