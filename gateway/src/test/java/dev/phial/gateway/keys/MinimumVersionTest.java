package dev.phial.gateway.keys;

import static dev.phial.gateway.keys.KeysetsFixture.KEK;
import static dev.phial.gateway.keys.KeysetsFixture.await;
import static dev.phial.gateway.keys.KeysetsFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.store.InMemoryKeysetStore;
import dev.phial.kms.testkit.FaultInjectingKms;
import dev.phial.kms.testkit.InMemoryKms;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Versions below the minimum open nothing, in no process, and are not even in memory. */
class MinimumVersionTest {
  private final InMemoryKeysetStore store = new InMemoryKeysetStore();
  private final FaultInjectingKms kms = new FaultInjectingKms(InMemoryKms.with(KEK));
  private final Keysets here = KeysetsFixture.keysets(store, kms);
  private final Keysets there = KeysetsFixture.keysets(store, kms);

  @BeforeEach
  void three_versions() throws Exception {
    await(here.ring("north", KeyPurpose.ENCRYPT));
    await(here.rotate("north", KeyPurpose.ENCRYPT));
    await(here.rotate("north", KeyPurpose.ENCRYPT));
    await(there.ring("north", KeyPurpose.ENCRYPT));
  }

  private static KeyRing ring(Keysets keysets) throws Exception {
    return await(keysets.ring("north", KeyPurpose.ENCRYPT));
  }

  private static DataKey key(Keysets keysets, int version) throws Exception {
    return ((KeyRing.Lookup.Usable) ring(keysets).version(version)).key();
  }

  private KeysetView minimum(int version) throws Exception {
    return await(here.setMinimum("north", KeyPurpose.ENCRYPT, version, false));
  }

  @Test
  void versions_below_are_retired_and_wiped_here_and_there() throws Exception {
    DataKey old = key(here, 2);
    DataKey oldThere = key(there, 2);
    assertThat(minimum(3).minimum()).isEqualTo(3);
    assertThat(ring(here).version(1)).isEqualTo(new KeyRing.Lookup.Retired("BELOW_MINIMUM"));
    assertThat(ring(here).version(2)).isEqualTo(new KeyRing.Lookup.Retired("BELOW_MINIMUM"));
    assertThat(ring(here).version(3)).isInstanceOf(KeyRing.Lookup.Usable.class);
    assertThat(ring(here).usable()).hasSize(1);
    assertThat(old.isDestroyed()).isTrue();
    await(there.refresh());
    assertThat(ring(there).version(2)).isInstanceOf(KeyRing.Lookup.Retired.class);
    assertThat(oldThere.isDestroyed()).isTrue();
  }

  @Test
  void who_starts_later_does_not_even_have_them_opened() throws Exception {
    minimum(3);
    int before = kms.unwraps();
    ring(KeysetsFixture.keysets(store, kms));
    assertThat(kms.unwraps() - before).isEqualTo(1);
  }

  @Test
  void a_lower_minimum_lets_them_open_again() throws Exception {
    String before = Fingerprint.of(key(here, 2));
    minimum(3);
    minimum(2);
    assertThat(Fingerprint.of(key(here, 2))).isEqualTo(before);
    assertThat(ring(here).version(1)).isInstanceOf(KeyRing.Lookup.Retired.class);
  }

  @Test
  void a_rotation_and_a_rewrap_leave_the_minimum_where_it_is() throws Exception {
    minimum(3);
    await(here.rotate("north", KeyPurpose.ENCRYPT));
    KeysetView view = await(here.rewrap("north", KeyPurpose.ENCRYPT));
    assertThat(view.minimum()).isEqualTo(3);
    assertThat(view.primary()).isEqualTo(4);
    assertThat(ring(here).version(2)).isInstanceOf(KeyRing.Lookup.Retired.class);
  }

  @Test
  void it_is_never_above_the_primary() throws Exception {
    assertThat(failure(here.setMinimum("north", KeyPurpose.ENCRYPT, 4, false)))
        .isInstanceOf(KeyStateException.class)
        .hasMessageContaining("from 1 to the primary, which is 3");
    assertThat(failure(here.setMinimum("north", KeyPurpose.ENCRYPT, 0, true)))
        .isInstanceOf(KeyStateException.class);
    assertThat(ring(here).usable()).hasSize(3);
  }

  @Test
  void a_dry_run_shows_what_would_be_and_changes_nothing() throws Exception {
    KeysetView view = await(here.setMinimum("north", KeyPurpose.ENCRYPT, 2, true));
    assertThat(view.minimum()).isEqualTo(2);
    assertThat(await(here.list(java.util.Optional.of("north"))).get(0).minimum())
        .isEqualTo(1);
    assertThat(ring(here).usable()).hasSize(3);
  }
}
