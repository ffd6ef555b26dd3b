package dev.phial.gateway.keys;

import static dev.phial.gateway.keys.KeysetsFixture.KEK;
import static dev.phial.gateway.keys.KeysetsFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.store.PostgresServer;
import dev.phial.gateway.store.PostgresSettings;
import dev.phial.gateway.store.SqlStore;
import dev.phial.kms.Kms;
import dev.phial.kms.testkit.InMemoryKms;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Gateways that share a PostgreSQL store. */
@Timeout(180)
class ReplicasTest {
  private static final Duration NEVER = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Kms kms = InMemoryKms.with(KEK);

  private static PostgresSettings settings() {
    PostgresServer server = PostgresServer.shared();
    return server.settings(server.newDatabase());
  }

  private static SqlStore open(PostgresSettings settings) {
    return SqlStore.postgresql(settings, InstantSource.system());
  }

  @Test
  @SuppressWarnings("try") // the follower lives as long as the block
  void follow_a_rotation_as_soon_as_they_are_told() throws Exception {
    PostgresSettings settings = settings();
    try (SqlStore hereStore = open(settings);
        SqlStore thereStore = open(settings);
        Keysets here = KeysetsFixture.keysets(hereStore, kms);
        Keysets there = KeysetsFixture.keysets(thereStore, kms);
        KeysetFollower follower = KeysetFollower.start(there, NEVER)) {
      await(here.ring("north", KeyPurpose.ENCRYPT));
      assertThat(primary(there)).isEqualTo(1);
      await(here.rotate("north", KeyPurpose.ENCRYPT));
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (primary(there) != 2) {
        assertThat(System.nanoTime()).isLessThan(end);
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
      assertThat(Fingerprint.of(await(there.ring("north", KeyPurpose.ENCRYPT)).primary()))
          .isEqualTo(
              Fingerprint.of(await(here.ring("north", KeyPurpose.ENCRYPT)).primary()));
    }
  }

  @Test
  void that_rotate_at_once_leave_nothing_pending() throws Exception {
    PostgresSettings settings = settings();
    try (SqlStore hereStore = open(settings);
        SqlStore thereStore = open(settings);
        Keysets here = KeysetsFixture.keysets(hereStore, kms);
        Keysets there = KeysetsFixture.keysets(thereStore, kms)) {
      await(here.ring("north", KeyPurpose.ENCRYPT));
      List<CompletableFuture<KeysetView>> rotations = Stream.of(here, there, here, there)
          .map(process -> process.rotate("north", KeyPurpose.ENCRYPT).toCompletableFuture())
          .toList();
      await(CompletableFuture.allOf(rotations.toArray(CompletableFuture<?>[]::new)));
      assertThat(rotations).allMatch(rotation -> rotation.join().primary() > 1);
      KeysetView stored = await(here.list(Optional.empty())).get(0);
      assertThat(stored.primary()).isEqualTo(stored.versions().size());
      await(there.refresh());
      assertThat(primary(there)).isEqualTo(stored.primary());
    }
  }

  @Test
  void T47_three_that_rotate_all_the_time_never_meet_a_version_that_they_do_not_know()
      throws Exception {
    PostgresSettings settings = settings();
    List<AutoCloseable> opened = new ArrayList<>();
    List<Keysets> gateways = new ArrayList<>();
    AtomicBoolean rotating = new AtomicBoolean(true);
    ExecutorService readers = Executors.newFixedThreadPool(3);
    try {
      for (int i = 0; i < 3; i++) {
        SqlStore store = open(settings);
        Keysets keysets = KeysetsFixture.keysets(store, kms);
        await(keysets.join());
        gateways.add(keysets);
        opened.addAll(List.of(store, keysets, KeysetFollower.start(keysets, Replicas.BEAT)));
      }
      List<Future<Integer>> checks = IntStream.range(0, 3)
          .mapToObj(i ->
              readers.submit(() -> meetings(gateways.get(i), gateways.get((i + 1) % 3), rotating)))
          .toList();
      for (int rotation = 0; rotation < 20; rotation++) {
        KeysetView view = await(gateways.get(rotation % 3).rotate("north", KeyPurpose.ENCRYPT));
        assertThat(view.pending()).isEmpty();
      }
      rotating.set(false);
      for (Future<Integer> check : checks) {
        assertThat(check.get(60, TimeUnit.SECONDS)).isPositive();
      }
      assertThat(primary(gateways.get(0))).isGreaterThanOrEqualTo(20);
    } finally {
      rotating.set(false);
      readers.shutdownNow();
      Collections.reverse(opened);
      for (AutoCloseable one : opened) {
        one.close();
      }
    }
  }

  /** What one would write with at this moment, the other can open at this moment. */
  private static int meetings(Keysets writer, Keysets reader, AtomicBoolean rotating)
      throws Exception {
    int meetings = 0;
    do {
      DataKey key = await(writer.ring("north", KeyPurpose.ENCRYPT)).primary();
      KeyRing.Lookup there =
          await(reader.ring("north", KeyPurpose.ENCRYPT)).version(key.id().version());
      assertThat(there).isInstanceOf(KeyRing.Lookup.Usable.class);
      assertThat(Fingerprint.of(((KeyRing.Lookup.Usable) there).key()))
          .isEqualTo(Fingerprint.of(key));
      meetings++;
    } while (rotating.get());
    return meetings;
  }

  private static int primary(Keysets keysets) throws Exception {
    return await(keysets.ring("north", KeyPurpose.ENCRYPT)).primary().id().version();
  }
}
