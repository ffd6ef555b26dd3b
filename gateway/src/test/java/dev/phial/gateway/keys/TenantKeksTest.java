package dev.phial.gateway.keys;

import static dev.phial.gateway.keys.KeysetsFixture.NOW;
import static dev.phial.gateway.keys.KeysetsFixture.await;
import static dev.phial.gateway.keys.KeysetsFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.store.InMemoryKeysetStore;
import dev.phial.gateway.store.StoredKeyset;
import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.KekRef;
import dev.phial.kms.testkit.FaultInjectingKms;
import dev.phial.kms.testkit.InMemoryKms;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each tenant's data keys under its own KEK, in a KMS of its own. */
class TenantKeksTest {
  private static final KekRef USUAL = new KekRef("shared", "default");
  private static final KekRef NORTHS = new KekRef("cloud", "north");
  private static final KekRef SOUTHS = new KekRef("hsm", "south");

  private final FaultInjectingKms shared = new FaultInjectingKms(InMemoryKms.with(USUAL));
  private final FaultInjectingKms cloud = new FaultInjectingKms(InMemoryKms.with(NORTHS));
  private final FaultInjectingKms hsm = new FaultInjectingKms(InMemoryKms.with(SOUTHS));
  private final InMemoryKeysetStore store = new InMemoryKeysetStore();
  private final Keysets keysets = keysets(Optional.of(Keks.of(USUAL)));

  private Keysets keysets(Optional<Keks> usual) {
    return new Keysets(
        store,
        Map.of("shared", shared, "cloud", cloud, "hsm", hsm),
        new KekChoice(usual, Map.of("north", Keks.of(NORTHS), "south", Keks.of(SOUTHS))),
        new SecureRandom(),
        InstantSource.fixed(NOW),
        KeyCare.DEFAULTS);
  }

  @AfterEach
  void close() {
    keysets.close();
  }

  private String kek(String tenant) throws Exception {
    return await(store.find(tenant, KeyPurpose.ENCRYPT)).orElseThrow().versions().stream()
        .map(version -> version.wrapped().kekVersion().kek().toString())
        .distinct()
        .reduce((one, other) -> one + " " + other)
        .orElseThrow();
  }

  @Test
  void wrap_that_tenants_keys_and_nobody_elses() throws Exception {
    for (String tenant : new String[] {"north", "south", "west"}) {
      await(keysets.ring(tenant, KeyPurpose.ENCRYPT));
      await(keysets.rotate(tenant, KeyPurpose.ENCRYPT));
    }
    assertThat(kek("north")).isEqualTo("cloud/north");
    assertThat(kek("south")).isEqualTo("hsm/south");
    assertThat(kek("west")).isEqualTo("shared/default");
    assertThat(cloud.wraps()).isEqualTo(2);
  }

  @Test
  void are_not_shared_with_a_tenant_whose_name_differs_in_case() throws Exception {
    await(keysets.ring("North", KeyPurpose.ENCRYPT));
    assertThat(kek("North")).isEqualTo("shared/default");
  }

  @Test
  void an_outage_touches_only_its_tenant_and_the_gateway_stays_ready() throws Exception {
    assertThat(await(keysets.probe())).isTrue();
    cloud.breakDown();
    assertThat(failure(keysets.ring("north", KeyPurpose.ENCRYPT)))
        .isInstanceOf(KeysUnavailableException.class);
    await(keysets.ring("south", KeyPurpose.ENCRYPT));
    await(keysets.ring("west", KeyPurpose.ENCRYPT));
    assertThat(keysets.available()).isTrue();
    assertThat(keysets.services()).containsEntry("cloud", false).containsEntry("hsm", true);
    hsm.breakDown();
    shared.breakDown();
    failure(keysets.ring("east", KeyPurpose.ENCRYPT));
    failure(keysets.ring("south", KeyPurpose.INDEX));
    assertThat(keysets.available()).isFalse();
    cloud.heal();
    assertThat(keysets.services()).hasSize(3);
    assertThat(keysets.available()).isTrue();
    await(keysets.ring("north", KeyPurpose.ENCRYPT));
  }

  @Test
  void a_kek_that_is_refused_does_not_make_its_kms_count_as_away_while_another_kek_works()
      throws Exception {
    KekRef southsToo = new KekRef("cloud", "no-such-kek");
    try (Keysets both = new Keysets(
        store,
        Map.of("cloud", cloud),
        new KekChoice(Optional.of(Keks.of(NORTHS)), Map.of("south", Keks.of(southsToo))),
        new SecureRandom(),
        InstantSource.fixed(NOW),
        KeyCare.DEFAULTS)) {
      assertThat(await(both.probe())).isTrue();
      failure(both.ring("south", KeyPurpose.ENCRYPT));
      assertThat(both.available()).isTrue();
      cloud.failWith(() -> new AccessDeniedException("not yours"));
      failure(both.ring("north", KeyPurpose.ENCRYPT));
      assertThat(both.available()).isFalse();
    }
  }

  @Test
  void a_rewrap_moves_a_tenants_keys_to_its_own_kek() throws Exception {
    try (Keysets before = new Keysets(
        store, Map.of("shared", shared), USUAL, new SecureRandom(), InstantSource.fixed(NOW))) {
      await(before.ring("north", KeyPurpose.ENCRYPT));
      await(before.ring("west", KeyPurpose.ENCRYPT));
    }
    await(keysets.rewrap("north", KeyPurpose.ENCRYPT));
    await(keysets.rewrap("west", KeyPurpose.ENCRYPT));
    assertThat(kek("north")).isEqualTo("cloud/north");
    assertThat(kek("west")).isEqualTo("shared/default");
  }

  @Test
  void may_be_required_and_then_a_tenant_without_one_gets_and_opens_nothing() throws Exception {
    await(keysets.ring("west", KeyPurpose.ENCRYPT));
    int wraps = shared.wraps();
    int unwraps = shared.unwraps();
    try (Keysets strict = keysets(Optional.empty())) {
      await(strict.ring("north", KeyPurpose.ENCRYPT));
      for (String tenant : new String[] {"west", "east"}) {
        assertThat(failure(strict.ring(tenant, KeyPurpose.ENCRYPT)))
            .isInstanceOf(KeyStateException.class)
            .hasMessageContaining("keys.require_tenant_kek");
      }
      assertThat(failure(strict.rewrap("west", KeyPurpose.ENCRYPT)))
          .isInstanceOf(KeyStateException.class);
      assertThat(failure(strict.rotate("west", KeyPurpose.ENCRYPT)))
          .isInstanceOf(KeyStateException.class);
    }
    assertThat(shared.wraps()).isEqualTo(wraps);
    assertThat(shared.unwraps()).isEqualTo(unwraps);
  }

  /** Threat T6: also where both tenants' keys are under KEKs that this gateway may use. */
  @Test
  void do_not_open_another_tenants_key_that_was_put_in_its_place() throws Exception {
    await(keysets.ring("north", KeyPurpose.ENCRYPT));
    await(keysets.ring("south", KeyPurpose.ENCRYPT));
    StoredKeyset north = await(store.find("north", KeyPurpose.ENCRYPT)).orElseThrow();
    StoredKeyset south = await(store.find("south", KeyPurpose.ENCRYPT)).orElseThrow();
    await(store.compareAndSet(north.with(south.versions())));
    try (Keysets next = keysets(Optional.of(Keks.of(USUAL)))) {
      assertThat(failure(next.ring("north", KeyPurpose.ENCRYPT)))
          .isInstanceOf(KeysUnavailableException.class);
    }
  }

  @Test
  void need_their_kms_in_the_configuration() {
    assertThatThrownBy(() -> new Keysets(
            store,
            Map.of("shared", shared),
            new KekChoice(Optional.of(Keks.of(USUAL)), Map.of("north", Keks.of(NORTHS))),
            new SecureRandom(),
            InstantSource.fixed(NOW),
            KeyCare.DEFAULTS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no kms 'cloud' is configured");
  }
}
