package dev.phial.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.key.KeyPurpose;
import dev.phial.kms.KekRef;
import dev.phial.kms.KekVersion;
import dev.phial.kms.WrappedKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store passes. */
abstract class KeysetStoreContractTest {
  private static final KekVersion KEK = new KekVersion(new KekRef("local", "default"), "1.aa");

  private KeysetStore store = new InMemoryKeysetStore();

  /** A new, empty store. Closed by this class. */
  abstract KeysetStore open() throws Exception;

  @BeforeEach
  void openStore() throws Exception {
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  static StoredVersion version(int number) {
    return new StoredVersion(
        number,
        VersionState.ENABLED,
        Instant.parse("2026-03-01T10:00:00.123Z"),
        WrappedKey.of(KEK, new byte[] {0, (byte) 0xff, (byte) number}),
        "00ff");
  }

  static StoredKeyset keyset(String tenant, KeyPurpose purpose, long id) {
    return StoredKeyset.first(tenant, purpose, id, version(1));
  }

  /** A version whose wrapped key is known again wherever it is seen. */
  static StoredVersion version(int number, byte[] wrapped) {
    return new StoredVersion(
        number, VersionState.ENABLED, version(1).created(), WrappedKey.of(KEK, wrapped), "00ff");
  }

  /**
   * Fills a store with keysets that are rewrapped and rotated in no order, and destroys the first versions of all.
   *
   * @return the wrapped keys that must be gone
   */
  static List<byte[]> destroyMany(KeysetStore store, int keysets) throws Exception {
    SecureRandom random = new SecureRandom();
    List<byte[]> gone = new ArrayList<>();
    for (int i = 0; i < keysets; i++) {
      await(store.create(StoredKeyset.first(
          "t" + i, KeyPurpose.ENCRYPT, random.nextLong(), doubled(random, gone))));
    }
    for (int round = 0; round < 2; round++) {
      for (StoredKeyset keyset : shuffled(store, random)) {
        await(store.compareAndSet(keyset.with(List.of(doubled(random, gone)))));
      }
    }
    Destruction order = Destruction.ordered(Instant.EPOCH, "officer", "", "r1");
    for (StoredKeyset keyset : shuffled(store, random)) {
      StoredKeyset rotated = Rotated.by(keyset, version(2, wrapped(random, new ArrayList<>())));
      await(store.compareAndSet(rotated));
      StoredVersion first = keyset.versions().get(0).ending(order).destroyed();
      await(store.compareAndSet(rotated.with(List.of(first, rotated.versions().get(1)))));
    }
    return gone;
  }

  private static List<StoredKeyset> shuffled(KeysetStore store, SecureRandom random)
      throws Exception {
    List<StoredKeyset> all = new ArrayList<>(await(store.list(Optional.empty())));
    Collections.shuffle(all, random);
    return all;
  }

  private static byte[] wrapped(SecureRandom random, List<byte[]> seen) {
    byte[] bytes = new byte[40 + random.nextInt(800)];
    random.nextBytes(bytes);
    seen.add(bytes);
    return bytes;
  }

  /** A first version under two KEKs. */
  private static StoredVersion doubled(SecureRandom random, List<byte[]> seen) {
    WrappedKey second =
        WrappedKey.of(new KekVersion(new KekRef("hsm", "phial"), "phial#2"), wrapped(random, seen));
    return version(1).under(WrappedKey.of(KEK, wrapped(random, seen)), Optional.of(second));
  }

  /** The wrapped keys that must still be there. */
  static List<byte[]> kept(KeysetStore store) throws Exception {
    return await(store.list(Optional.empty())).stream()
        .map(keyset -> keyset.versions().get(1).wrapped().bytes())
        .toList();
  }

  static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  @Test
  void finds_what_was_created_and_nothing_else() throws Exception {
    StoredKeyset created = keyset("north", KeyPurpose.TOKENIZE, Long.MIN_VALUE);
    assertThat(await(store.find("north", KeyPurpose.TOKENIZE))).isEmpty();
    assertThat(await(store.create(created))).isTrue();
    assertThat(await(store.find("north", KeyPurpose.TOKENIZE))).contains(created);
    assertThat(await(store.find("north", KeyPurpose.ENCRYPT))).isEmpty();
    assertThat(await(store.find("nort", KeyPurpose.TOKENIZE))).isEmpty();
  }

  @Test
  void creates_a_keyset_once_for_each_tenant_and_purpose() throws Exception {
    StoredKeyset first = keyset("north", KeyPurpose.INDEX, 1);
    assertThat(await(store.create(first))).isTrue();
    assertThat(await(store.create(keyset("north", KeyPurpose.INDEX, 2)))).isFalse();
    assertThat(await(store.find("north", KeyPurpose.INDEX))).contains(first);
  }

  @Test
  void gives_an_id_once() throws Exception {
    assertThat(await(store.create(keyset("north", KeyPurpose.INDEX, 1)))).isTrue();
    assertThat(await(store.create(keyset("south", KeyPurpose.INDEX, 1)))).isFalse();
    assertThat(await(store.find("south", KeyPurpose.INDEX))).isEmpty();
  }

  @Test
  void replaces_the_revision_that_was_read() throws Exception {
    StoredKeyset first = keyset("north", KeyPurpose.ENCRYPT, 1);
    await(store.create(first));
    StoredKeyset second = Rotated.by(first, version(2));
    assertThat(await(store.compareAndSet(second))).isTrue();
    assertThat(await(store.find("north", KeyPurpose.ENCRYPT))).contains(second);
  }

  @Test
  void replaces_no_other_revision() throws Exception {
    StoredKeyset first = keyset("north", KeyPurpose.ENCRYPT, 1);
    await(store.create(first));
    StoredKeyset second = Rotated.by(first, version(2));
    await(store.compareAndSet(second));
    assertThat(await(store.compareAndSet(Rotated.by(first, version(2))))).isFalse();
    assertThat(await(store.compareAndSet(Rotated.by(Rotated.by(second, version(3)), version(4)))))
        .isFalse();
    assertThat(
            await(store.compareAndSet(Rotated.by(keyset("east", KeyPurpose.INDEX, 9), version(2)))))
        .isFalse();
    assertThat(await(store.find("north", KeyPurpose.ENCRYPT))).contains(second);
  }

  @Test
  void lets_one_of_many_writers_win_each_revision() throws Exception {
    StoredKeyset first = keyset("north", KeyPurpose.ENCRYPT, 1);
    await(store.create(first));
    List<CompletableFuture<Boolean>> writers = IntStream.range(0, 16)
        .mapToObj(i -> store.compareAndSet(Rotated.by(first, version(2))).toCompletableFuture())
        .toList();
    await(CompletableFuture.allOf(writers.toArray(CompletableFuture<?>[]::new)));
    assertThat(writers.stream().filter(CompletableFuture::join)).hasSize(1);
  }

  @Test
  void keeps_the_form_under_a_second_kek_until_it_is_taken_away() throws Exception {
    WrappedKey other = WrappedKey.of(
        new KekVersion(new KekRef("hsm", "phial"), "phial#2"), new byte[] {(byte) 0x80, 0, 7});
    StoredVersion both = version(1).under(version(1).wrapped(), Optional.of(other));
    StoredKeyset first = StoredKeyset.first("north", KeyPurpose.ENCRYPT, 1, both);
    await(store.create(first));
    assertThat(await(store.find("north", KeyPurpose.ENCRYPT))).contains(first);
    StoredKeyset second = Rotated.by(first, version(2));
    assertThat(await(store.compareAndSet(second))).isTrue();
    assertThat(await(store.list(Optional.empty()))).containsExactly(second);
    StoredKeyset third = second.with(List.of(
        both.under(other, Optional.empty()), version(2).under(other, Optional.of(both.wrapped()))));
    assertThat(await(store.compareAndSet(third))).isTrue();
    assertThat(await(store.find("north", KeyPurpose.ENCRYPT))).contains(third);
  }

  @Test
  void forgets_the_bytes_of_a_destroyed_version_but_not_its_number() throws Exception {
    StoredKeyset first = keyset("north", KeyPurpose.ENCRYPT, 1);
    await(store.create(first));
    StoredKeyset second = Rotated.by(first, version(2));
    await(store.compareAndSet(second));
    StoredVersion destroyed = new StoredVersion(
        1,
        VersionState.DESTROYED,
        version(1).created(),
        WrappedKey.of(KEK, new byte[0]),
        version(1).check());
    StoredKeyset third = new StoredKeyset(
        "north",
        KeyPurpose.ENCRYPT,
        1,
        3,
        2,
        List.of(destroyed, second.versions().get(1)));
    assertThat(await(store.compareAndSet(third))).isTrue();
    assertThat(await(store.find("north", KeyPurpose.ENCRYPT))).contains(third);
  }

  @Test
  void keeps_how_a_version_ends_and_finds_what_is_due() throws Exception {
    Instant due = Instant.parse("2026-04-01T10:00:00.007Z");
    Destruction order = Destruction.ordered(due, "officer", "second officer", "request-7");
    StoredKeyset first = Rotated.by(keyset("north", KeyPurpose.ENCRYPT, 1), version(2));
    await(store.create(keyset("north", KeyPurpose.ENCRYPT, 1)));
    await(store.create(keyset("north", KeyPurpose.INDEX, 2)));
    await(store.compareAndSet(first));
    StoredKeyset ending = first.with(
        List.of(first.versions().get(0).ending(order), first.versions().get(1)));
    assertThat(await(store.compareAndSet(ending))).isTrue();
    assertThat(await(store.find("north", KeyPurpose.ENCRYPT))).contains(ending);
    assertThat(await(store.ending(due.minusMillis(1)))).isEmpty();
    assertThat(await(store.ending(due))).containsExactly(ending);

    StoredKeyset destroyed = ending.with(
        List.of(ending.versions().get(0).destroyed(), ending.versions().get(1)));
    assertThat(await(store.compareAndSet(destroyed))).isTrue();
    assertThat(await(store.ending(due)))
        .as("its bytes may still be somewhere")
        .containsExactly(destroyed);
    assertThat(await(store.scrub())).isTrue();
    StoredKeyset gone = destroyed.with(
        List.of(destroyed.versions().get(0).gone(due), destroyed.versions().get(1)));
    assertThat(await(store.compareAndSet(gone))).isTrue();
    assertThat(await(store.ending(due))).isEmpty();
    assertThat(await(store.find("north", KeyPurpose.ENCRYPT))).contains(gone);
    assertThat(await(store.find("north", KeyPurpose.INDEX)))
        .contains(keyset("north", KeyPurpose.INDEX, 2));
  }

  @Test
  void lists_all_keysets_or_one_tenants_in_order() throws Exception {
    await(store.create(keyset("south", KeyPurpose.INDEX, 3)));
    await(store.create(keyset("north", KeyPurpose.TOKENIZE, 2)));
    await(store.create(keyset("north", KeyPurpose.ENCRYPT, 1)));
    assertThat(await(store.list(Optional.empty())))
        .extracting(StoredKeyset::id)
        .containsExactly(1L, 2L, 3L);
    assertThat(await(store.list(Optional.of("north"))))
        .extracting(StoredKeyset::id)
        .containsExactly(1L, 2L);
    assertThat(await(store.list(Optional.of("east")))).isEmpty();
  }

  @Test
  void keeps_a_pending_version_and_a_minimum() throws Exception {
    StoredKeyset first = keyset("north", KeyPurpose.ENCRYPT, 1);
    await(store.create(first));
    StoredKeyset pending = first.announcing(version(2));
    assertThat(await(store.compareAndSet(pending))).isTrue();
    StoredKeyset found = await(store.find("north", KeyPurpose.ENCRYPT)).orElseThrow();
    assertThat(found).isEqualTo(pending);
    assertThat(found.primary()).isEqualTo(1);
    assertThat(found.pending()).contains(version(2));
    StoredKeyset raised = found.promoted().openingFrom(2);
    assertThat(await(store.compareAndSet(found.promoted()))).isTrue();
    assertThat(await(store.compareAndSet(raised))).isTrue();
    assertThat(await(store.find("north", KeyPurpose.ENCRYPT))).contains(raised);
    assertThat(raised.minimum()).isEqualTo(2);
  }

  @Test
  void counts_every_change_of_a_keyset_and_nothing_else() throws Exception {
    long before = await(store.changes());
    StoredKeyset first = keyset("north", KeyPurpose.ENCRYPT, 1);
    await(store.create(first));
    await(store.create(keyset("north", KeyPurpose.ENCRYPT, 2)));
    assertThat(await(store.changes())).isEqualTo(before + 1);
    await(store.compareAndSet(first.announcing(version(2))));
    await(store.compareAndSet(first.announcing(version(2))));
    assertThat(await(store.changes())).isEqualTo(before + 2);
    await(store.create(StoredPin.first("north", "ssn", 1)));
    await(store.heard(new Replica("a", 7, Set.of())));
    assertThat(await(store.changes())).isEqualTo(before + 2);
  }

  @Test
  void knows_the_replicas_that_were_heard_and_what_each_told_last() throws Exception {
    Duration hour = Duration.ofHours(1);
    assertThat(await(store.replicas(hour))).isEmpty();
    Replica second = new Replica("b", 4, Set.of(1L, Long.MIN_VALUE, -1L));
    await(store.heard(second));
    await(store.heard(new Replica("a", 3, Set.of(5L))));
    await(store.heard(new Replica("a", 4, Set.of())));
    assertThat(await(store.replicas(hour))).containsExactly(new Replica("a", 4, Set.of()), second);
    await(store.gone("a"));
    await(store.gone("a"));
    assertThat(await(store.replicas(hour))).containsExactly(second);
  }

  @Test
  void keeps_the_first_pin_of_an_element() throws Exception {
    StoredPin first = StoredPin.first("north", "ssn", 3);
    assertThat(await(store.pin("north", "ssn"))).isEmpty();
    assertThat(await(store.create(first))).isEqualTo(first);
    assertThat(await(store.create(StoredPin.first("north", "ssn", 4)))).isEqualTo(first);
    assertThat(await(store.pin("north", "ssn"))).contains(first);
    assertThat(await(store.pin("south", "ssn"))).isEmpty();
    assertThat(await(store.pin("north", "mrn"))).isEmpty();
  }

  @Test
  void moves_a_pin_from_the_revision_that_was_read_and_from_no_other() throws Exception {
    StoredPin first = StoredPin.first("north", "ssn", 1);
    StoredPin moving = first.movingTo(2);
    assertThat(await(store.compareAndSet(moving))).as("there is no pin yet").isFalse();
    await(store.create(first));
    await(store.create(StoredPin.first("north", "mrn", 1)));
    assertThat(await(store.compareAndSet(moving.held())))
        .as("two steps at once")
        .isFalse();
    assertThat(await(store.compareAndSet(moving))).isTrue();
    assertThat(await(store.compareAndSet(first.movingTo(3))))
        .as("from an old one")
        .isFalse();
    assertThat(await(store.pin("north", "ssn"))).contains(moving);
    assertThat(await(store.compareAndSet(moving.held()))).isTrue();
    assertThat(await(store.compareAndSet(moving.held().moved()))).isTrue();
    assertThat(await(store.pin("north", "ssn")))
        .contains(new StoredPin("north", "ssn", PinPhase.SETTLED, 2, 2, 4));
    assertThat(await(store.pin("north", "mrn"))).contains(StoredPin.first("north", "mrn", 1));
  }

  @Test
  void lists_all_pins_or_one_tenants_in_order() throws Exception {
    StoredPin south = StoredPin.first("south", "mrn", 1);
    StoredPin ssn = StoredPin.first("north", "ssn", 2);
    StoredPin mrn = StoredPin.first("north", "mrn", 1);
    await(store.create(south));
    await(store.create(ssn));
    await(store.create(mrn));
    assertThat(await(store.pins(Optional.empty()))).containsExactly(mrn, ssn, south);
    assertThat(await(store.pins(Optional.of("north")))).containsExactly(mrn, ssn);
    assertThat(await(store.pins(Optional.of("east")))).isEmpty();
  }

  @Test
  void takes_names_as_text_whatever_is_in_them() throws Exception {
    StoredKeyset odd = keyset("'; DROP TABLE keyset; -- \u00fc\u2028%_", KeyPurpose.INDEX, 5);
    await(store.create(odd));
    assertThat(await(store.find(odd.tenant(), KeyPurpose.INDEX))).contains(odd);
    assertThat(await(store.find("%", KeyPurpose.INDEX))).isEmpty();
  }

  @Test
  void fails_after_close_and_may_be_closed_twice() {
    store.close();
    store.close();
    assertThatThrownBy(() -> await(store.find("north", KeyPurpose.INDEX)))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(StoreException.class);
    assertThatThrownBy(() -> await(store.check())).hasCauseInstanceOf(StoreException.class);
  }
}
