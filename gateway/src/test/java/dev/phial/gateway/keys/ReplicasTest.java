package dev.phial.gateway.keys;

import static dev.phial.gateway.keys.KeysetsFixture.KEK;
import static dev.phial.gateway.keys.KeysetsFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.store.PostgresServer;
import dev.phial.gateway.store.PostgresSettings;
import dev.phial.gateway.store.SqlStore;
import dev.phial.kms.Kms;
import dev.phial.kms.testkit.InMemoryKms;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
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

  private static int primary(Keysets keysets) throws Exception {
    return await(keysets.ring("north", KeyPurpose.ENCRYPT)).primary().id().version();
  }
}
