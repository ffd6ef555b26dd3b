package dev.phial.gateway.keys;

import static dev.phial.gateway.keys.KeysetsFixture.await;
import static dev.phial.gateway.keys.KeysetsFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.store.InMemoryKeysetStore;
import dev.phial.gateway.store.StoredKeyset;
import dev.phial.gateway.store.StoredVersion;
import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.KekRef;
import dev.phial.kms.KeyNotFoundException;
import dev.phial.kms.WrappedKey;
import dev.phial.kms.testkit.FaultInjectingKms;
import dev.phial.kms.testkit.InMemoryKms;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each data key under two KEKs in two KMSs: one outage, or one lost KEK, is survived. */
class TwoKeksTest {
  private static final Duration AGE = Duration.ofMinutes(5);
  private static final KekRef FIRST = new KekRef("cloud", "phial");
  private static final KekRef SECOND = new KekRef("hsm", "phial");
  private static final Keks BOTH = new Keks(FIRST, Optional.of(SECOND));

  private final FaultInjectingKms cloud = new FaultInjectingKms(InMemoryKms.with(FIRST));
  private final FaultInjectingKms hsm = new FaultInjectingKms(InMemoryKms.with(SECOND));
  private final InMemoryKeysetStore store = new InMemoryKeysetStore();
  private final RecordedEvents events = new RecordedEvents();
  private final FakeTime time = new FakeTime();
  private final Keysets keysets = keysets(BOTH);

  private Keysets keysets(Keks keks) {
    return new Keysets(
        store,
        Map.of("cloud", cloud, "hsm", hsm),
        new KekChoice(Optional.of(keks), Map.of()),
        new SecureRandom(),
        time,
        new KeyCare(new KeyLimits(KeyLimits.DEFAULTS.usage(), 100, AGE), events, time));
  }

  @AfterEach
  void close() {
    keysets.close();
  }

  private static String key(Keysets of) throws Exception {
    return Fingerprint.of(await(of.ring("north", KeyPurpose.ENCRYPT)).primary());
  }

  private StoredKeyset stored() throws Exception {
    return await(store.find("north", KeyPurpose.ENCRYPT)).orElseThrow();
  }

  private StoredVersion version(int number) throws Exception {
    return stored().version(number).orElseThrow();
  }

  @Test
  void either_opens_and_the_first_is_asked_first() throws Exception {
    String key = key(keysets);
    assertThat(version(1).wrapped().kekVersion().kek()).isEqualTo(FIRST);
    assertThat(version(1).second().orElseThrow().kekVersion().kek()).isEqualTo(SECOND);
    int asked = hsm.unwraps();
    try (Keysets next = keysets(BOTH)) {
      assertThat(key(next)).isEqualTo(key);
      assertThat(hsm.unwraps()).isEqualTo(asked);
    }
    cloud.breakDown();
    try (Keysets next = keysets(BOTH)) {
      assertThat(key(next)).isEqualTo(key);
    }
    cloud.heal();
    hsm.breakDown();
    try (Keysets next = keysets(BOTH)) {
      assertThat(key(next)).isEqualTo(key);
    }
  }

  @Test
  void a_key_is_made_under_both_or_not_at_all() throws Exception {
    for (FaultInjectingKms away : List.of(cloud, hsm)) {
      away.breakDown();
      assertThat(failure(keysets.ring("north", KeyPurpose.ENCRYPT)))
          .isInstanceOf(KeysUnavailableException.class);
      assertThat(await(store.list(Optional.empty()))).isEmpty();
      away.heal();
    }
    key(keysets);
    StoredKeyset before = stored();
    hsm.breakDown();
    assertThat(failure(keysets.rotate("north", KeyPurpose.ENCRYPT)))
        .isInstanceOf(KeysUnavailableException.class);
    assertThat(failure(keysets.rewrap("north", KeyPurpose.ENCRYPT)))
        .isInstanceOf(KeysUnavailableException.class);
    assertThat(stored()).isEqualTo(before);
    assertThat(key(keysets)).isNotEmpty();
  }

  /** Nobody would look at it before the first KEK is lost. */
  @Test
  void the_second_form_is_opened_before_a_key_is_used() throws Exception {
    hsm.lie();
    assertThat(failure(keysets.ring("north", KeyPurpose.ENCRYPT)))
        .hasMessageContaining("'hsm' unwrapped something that is not the key of version 1");
    assertThat(await(store.list(Optional.empty()))).isEmpty();
  }

  @Test
  void an_opening_by_the_second_is_told_once_for_each_episode_with_the_reason() throws Exception {
    key(keysets);
    await(keysets.rotate("north", KeyPurpose.ENCRYPT));
    cloud.breakDown();
    try (Keysets next = keysets(BOTH)) {
      key(next);
      passAndConfirm(next);
      passAndConfirm(next);
      assertThat(detours())
          .containsExactly("opened by hsm/phial for north, cloud/phial is UNAVAILABLE");
      cloud.heal();
      passAndConfirm(next);
      cloud.failWith(() -> new AccessDeniedException("disabled"));
      passAndConfirm(next);
      passAndConfirm(next);
      assertThat(detours())
          .hasSize(2)
          .last()
          .isEqualTo("opened by hsm/phial for north, cloud/phial is REFUSED");
    }
  }

  private void passAndConfirm(Keysets of) throws Exception {
    time.pass(AGE.dividedBy(4));
    key(of);
  }

  private List<String> detours() {
    return events.said().stream().filter(said -> said.startsWith("opened by")).toList();
  }

  @Test
  void what_the_first_wrapped_wrongly_or_opens_to_another_key_is_not_used() throws Exception {
    String key = key(keysets);
    cloud.lie();
    try (Keysets next = keysets(BOTH)) {
      assertThat(key(next)).isEqualTo(key);
    }
    cloud.truncate();
    try (Keysets next = keysets(BOTH)) {
      assertThat(key(next)).isEqualTo(key);
    }
    assertThat(detours())
        .containsExactly(
            "opened by hsm/phial for north, cloud/phial is WRONG",
            "opened by hsm/phial for north, cloud/phial is WRONG");
    hsm.lie();
    try (Keysets next = keysets(BOTH)) {
      assertThat(failure(next.ring("north", KeyPurpose.ENCRYPT)))
          .isInstanceOf(KeysUnavailableException.class)
          .hasMessageContaining("neither KEK");
    }
  }

  @Test
  void a_silent_first_does_not_keep_callers_waiting_and_each_is_asked_once() throws Exception {
    String key = key(keysets);
    int first = cloud.unwraps();
    int second = hsm.unwraps();
    cloud.stall();
    try (Keysets next = keysets(BOTH)) {
      List<CompletableFuture<KeyRing>> callers = IntStream.range(0, 200)
          .mapToObj(i -> next.ring("north", KeyPurpose.ENCRYPT))
          .map(CompletionStage::toCompletableFuture)
          .toList();
      for (CompletableFuture<KeyRing> caller : callers) {
        assertThat(Fingerprint.of(await(caller).primary())).isEqualTo(key);
      }
      assertThat(cloud.unwraps()).isEqualTo(first + 1);
      assertThat(hsm.unwraps()).isEqualTo(second + 1);
      assertThat(detours()).containsExactly("opened by hsm/phial for north, cloud/phial is SILENT");
      cloud.heal();
      assertThat(key(next)).isEqualTo(key);
    }
  }

  @Test
  void taking_one_kek_away_withdraws_nothing_and_taking_both_withdraws_at_once() throws Exception {
    key(keysets);
    cloud.failWith(() -> new AccessDeniedException("disabled"));
    passAndConfirm(keysets);
    assertThat(events.said()).doesNotContain("withdrawn north");
    hsm.failWith(() -> new KeyNotFoundException("deleted"));
    time.pass(AGE.dividedBy(4));
    await(keysets.refresh());
    keysets.ring("north", KeyPurpose.ENCRYPT);
    assertThat(events.said()).contains("withdrawn north");
    assertThat(failure(keysets.ring("north", KeyPurpose.ENCRYPT)))
        .isInstanceOf(KeysUnavailableException.class)
        .hasMessageContaining("disabled")
        .hasMessageContaining("deleted");
  }

  /** The silent one may still give the key: that is an outage, not a revocation. */
  @Test
  void one_that_refuses_beside_one_that_is_away_lets_the_keys_live_to_their_age() throws Exception {
    key(keysets);
    cloud.failWith(() -> new AccessDeniedException("disabled"));
    hsm.breakDown();
    time.pass(AGE.dividedBy(4));
    key(keysets);
    assertThat(events.said()).anyMatch(said -> said.startsWith("stale north"));
    time.pass(AGE);
    assertThat(failure(keysets.ring("north", KeyPurpose.ENCRYPT)))
        .isInstanceOf(KeysUnavailableException.class);
    assertThat(events.said()).contains("withdrawn north");
  }

  @Test
  void a_lost_kek_is_healed_by_a_rewrap_with_whichever_is_left() throws Exception {
    String key = key(keysets);
    await(keysets.rotate("north", KeyPurpose.ENCRYPT));
    await(keysets.disable("north", KeyPurpose.ENCRYPT, 1));
    cloud.failWith(() -> new KeyNotFoundException("deleted for ever"));
    try (Keysets next = keysets(BOTH)) {
      key(next);
      assertThat(detours())
          .containsExactly("opened by hsm/phial for north, cloud/phial is REFUSED");
    }
    KekRef third = new KekRef("vault", "phial");
    FaultInjectingKms vault = new FaultInjectingKms(InMemoryKms.with(third));
    Keks next = new Keks(SECOND, Optional.of(third));
    try (Keysets healed = new Keysets(
        store,
        Map.of("hsm", hsm, "vault", vault),
        new KekChoice(Optional.of(next), Map.of()),
        new SecureRandom(),
        time,
        KeyCare.DEFAULTS)) {
      KeysetView view = await(healed.rewrap("north", KeyPurpose.ENCRYPT));
      assertThat(view.versions()).allSatisfy(version -> {
        assertThat(version.kek()).isEqualTo("hsm/phial");
        assertThat(version.second().orElseThrow().name()).isEqualTo("vault/phial");
      });
    }
    hsm.breakDown();
    try (Keysets without = new Keysets(
        store,
        Map.of("hsm", hsm, "vault", vault),
        new KekChoice(Optional.of(next), Map.of()),
        new SecureRandom(),
        time,
        KeyCare.DEFAULTS)) {
      await(without.enable("north", KeyPurpose.ENCRYPT, 1));
      assertThat(await(without.ring("north", KeyPurpose.ENCRYPT)).version(1))
          .isInstanceOfSatisfying(
              KeyRing.Lookup.Usable.class,
              usable -> assertThat(Fingerprint.of(usable.key())).isEqualTo(key));
    }
  }

  @Test
  void a_rewrap_adds_and_takes_away_the_second_as_the_configuration_says() throws Exception {
    try (Keysets one = keysets(Keks.of(FIRST))) {
      key(one);
      assertThat(version(1).second()).isEmpty();
      await(keysets.rewrap("north", KeyPurpose.ENCRYPT));
      assertThat(version(1).second().orElseThrow().kekVersion().kek()).isEqualTo(SECOND);
      await(one.rewrap("north", KeyPurpose.ENCRYPT));
      assertThat(version(1).second()).isEmpty();
    }
  }

  /** Threat T6: whoever can write to the store gains nothing by moving either form. */
  @Test
  void either_form_of_another_tenant_or_version_is_refused() throws Exception {
    key(keysets);
    await(keysets.rotate("north", KeyPurpose.ENCRYPT));
    await(keysets.ring("south", KeyPurpose.ENCRYPT));
    StoredVersion south =
        await(store.find("south", KeyPurpose.ENCRYPT)).orElseThrow().versions().get(0);
    StoredVersion mine = version(1);
    for (StoredVersion other : List.of(south, version(2))) {
      StoredKeyset moved =
          stored().with(List.of(mine.under(other.wrapped(), other.second()), version(2)));
      await(store.compareAndSet(moved));
      try (Keysets next = keysets(BOTH)) {
        assertThat(failure(next.ring("north", KeyPurpose.ENCRYPT)))
            .isInstanceOf(KeysUnavailableException.class);
      }
    }
    StoredKeyset halfMoved =
        stored().with(List.of(mine.under(south.wrapped(), mine.second()), version(2)));
    await(store.compareAndSet(halfMoved));
    try (Keysets next = keysets(BOTH)) {
      await(next.ring("north", KeyPurpose.ENCRYPT));
      assertThat(detours()).contains("opened by hsm/phial for north, cloud/phial is WRONG");
    }
  }

  /** The forms open the same key in the same place: which is called first decides only who is asked first. */
  @Test
  void exchanged_forms_of_one_version_open_to_the_same_key() throws Exception {
    String key = key(keysets);
    StoredVersion mine = version(1);
    await(store.compareAndSet(stored()
        .with(List.of(mine.under(mine.second().orElseThrow(), Optional.of(mine.wrapped()))))));
    try (Keysets next = keysets(BOTH)) {
      assertThat(key(next)).isEqualTo(key);
    }
  }

  @Test
  void a_damaged_second_form_is_noticed_when_it_is_needed_and_gives_nothing() throws Exception {
    key(keysets);
    StoredVersion mine = version(1);
    WrappedKey second = mine.second().orElseThrow();
    byte[] cut = Arrays.copyOf(second.bytes(), second.bytes().length - 1);
    await(store.compareAndSet(stored()
        .with(List.of(
            mine.under(mine.wrapped(), Optional.of(WrappedKey.of(second.kekVersion(), cut)))))));
    cloud.breakDown();
    try (Keysets next = keysets(BOTH)) {
      assertThat(failure(next.ring("north", KeyPurpose.ENCRYPT)))
          .isInstanceOf(KeysUnavailableException.class);
    }
    cloud.heal();
    await(keysets.rewrap("north", KeyPurpose.ENCRYPT));
    cloud.breakDown();
    try (Keysets next = keysets(BOTH)) {
      key(next);
    }
  }
}
