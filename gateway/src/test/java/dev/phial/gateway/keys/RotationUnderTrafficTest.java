package dev.phial.gateway.keys;

import static dev.phial.gateway.keys.KeysetsFixture.KEK;
import static dev.phial.gateway.keys.KeysetsFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.store.KeysetStore;
import dev.phial.gateway.store.SqlStore;
import dev.phial.kms.Kms;
import dev.phial.kms.testkit.InMemoryKms;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rotation beside traffic: every version seen stays usable and the same, and versions never go back. */
@Timeout(180)
class RotationUnderTrafficTest {
  private static final int ROTATIONS = 200;
  private static final int READERS = 4;

  @TempDir
  Path directory = Path.of("");

  private final Map<Integer, String> fingerprints = new ConcurrentHashMap<>();
  private final AtomicBoolean rotating = new AtomicBoolean(true);

  @Test
  void disturbs_nobody() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(READERS);
    try (KeysetStore store = openStore();
        Keysets keysets = KeysetsFixture.keysets(store, InMemoryKms.with(KEK))) {
      Callable<Integer> reader = () -> readUntilStopped(keysets);
      List<Future<Integer>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        readers.add(threads.submit(reader));
      }
      for (int i = 1; i <= ROTATIONS; i++) {
        int primary = await(keysets.rotate("north", KeyPurpose.ENCRYPT)).primary();
        assertThat(
                await(keysets.ring("north", KeyPurpose.ENCRYPT)).primary().id().version())
            .isEqualTo(primary);
      }
      rotating.set(false);
      for (Future<Integer> last : readers) {
        assertThat(last.get()).isGreaterThanOrEqualTo(1);
      }
      assertThat(await(keysets.ring("north", KeyPurpose.ENCRYPT)).primary().id().version())
          .isBetween(ROTATIONS, ROTATIONS + 1);
    } finally {
      rotating.set(false);
      threads.shutdownNow();
    }
  }

  @Test
  void of_two_processes_at_once_leaves_both_with_the_same_keys() throws Exception {
    Kms kms = InMemoryKms.with(KEK);
    try (KeysetStore firstStore = openStore();
        KeysetStore secondStore = openStore();
        Keysets first = KeysetsFixture.keysets(firstStore, kms);
        Keysets second = KeysetsFixture.keysets(secondStore, kms)) {
      await(first.ring("north", KeyPurpose.TOKENIZE));
      List<CompletableFuture<KeysetView>> rotations = Stream.of(
              first, second, first, second, first, second)
          .map(process -> process.rotate("north", KeyPurpose.TOKENIZE).toCompletableFuture())
          .toList();
      await(CompletableFuture.allOf(rotations.toArray(CompletableFuture<?>[]::new)));
      int last = rotations.stream()
          .mapToInt(rotation -> rotation.join().primary())
          .max()
          .orElseThrow();
      assertThat(rotations)
          .as("who finds a version pending brings that one on")
          .allMatch(rotation -> rotation.join().primary() > 1);
      assertThat(await(first.list(Optional.empty())).get(0).primary()).isEqualTo(last);
      await(first.refresh());
      await(second.refresh());
      KeyRing here = await(first.ring("north", KeyPurpose.TOKENIZE));
      KeyRing there = await(second.ring("north", KeyPurpose.TOKENIZE));
      for (int version = 1; version <= last; version++) {
        assertThat(fingerprint(here, version)).isEqualTo(fingerprint(there, version));
      }
    }
  }

  private KeysetStore openStore() {
    return SqlStore.sqlite(directory.resolve("phial.db"), InstantSource.system());
  }

  private int readUntilStopped(Keysets keysets) throws Exception {
    int last = 1;
    do {
      KeyRing ring = await(keysets.ring("north", KeyPurpose.ENCRYPT));
      int primary = ring.primary().id().version();
      assertThat(primary).isGreaterThanOrEqualTo(last);
      same(ring, primary);
      same(ring, last);
      same(ring, 1 + primary / 2);
      last = primary;
    } while (rotating.get());
    return last;
  }

  private void same(KeyRing ring, int version) {
    String seen = fingerprint(ring, version);
    assertThat(fingerprints.computeIfAbsent(version, first -> seen)).isEqualTo(seen);
  }

  private static String fingerprint(KeyRing ring, int version) {
    assertThat(ring.version(version)).isInstanceOf(KeyRing.Lookup.Usable.class);
    return Fingerprint.of(((KeyRing.Lookup.Usable) ring.version(version)).key());
  }
}
