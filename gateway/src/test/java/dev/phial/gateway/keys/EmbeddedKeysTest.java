package dev.phial.gateway.keys;

import static dev.phial.gateway.keys.KeysetsFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.store.KeysetStore;
import dev.phial.gateway.store.SqlStore;
import dev.phial.kms.KekRef;
import dev.phial.kms.Kms;
import dev.phial.kms.KmsProvider;
import dev.phial.kms.KmsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded defaults together: approved module, keystore file, SQLite. */
class EmbeddedKeysTest {
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");

  @TempDir
  Path directory = Path.of("");

  /** What is asked of the keys of one life of the process. */
  private interface Use {
    void of(Keysets keysets) throws Exception;
  }

  private void start(Use use) throws Exception {
    FipsModule module = FipsModule.start();
    Map<String, String> settings = Map.of(
        "keystore", "kms/local.bcfks", "passphrase.file", "kms/local.pass", "create", "true");
    KmsSettings local = new KmsSettings("local", settings, directory, variable -> "");
    try (Kms kms = KmsProvider.ofType("local", getClass().getClassLoader()).open(local);
        KeysetStore store =
            SqlStore.sqlite(directory.resolve("store/phial.db"), InstantSource.system());
        Keysets keysets = new Keysets(
            store,
            Map.of("local", kms),
            new KekRef("local", "default"),
            module.random(),
            InstantSource.system())) {
      use.of(keysets);
    }
  }

  @Test
  void survive_a_restart_and_leave_nothing_readable_to_others() throws Exception {
    String[] before = new String[2];
    start(keysets -> {
      assertThat(await(keysets.probe())).isTrue();
      before[0] =
          Fingerprint.of(await(keysets.ring("north", KeyPurpose.ENCRYPT)).primary());
      await(keysets.rotate("north", KeyPurpose.ENCRYPT));
      before[1] =
          Fingerprint.of(await(keysets.ring("north", KeyPurpose.ENCRYPT)).primary());
    });
    start(keysets -> {
      KeyRing ring = await(keysets.ring("north", KeyPurpose.ENCRYPT));
      assertThat(ring.version(1))
          .isInstanceOfSatisfying(
              KeyRing.Lookup.Usable.class,
              usable -> assertThat(Fingerprint.of(usable.key())).isEqualTo(before[0]));
      assertThat(Fingerprint.of(ring.primary())).isEqualTo(before[1]);
    });
    try (Stream<Path> files = Files.walk(directory).filter(path -> !path.equals(directory))) {
      assertThat(files).hasSizeGreaterThanOrEqualTo(5).allSatisfy(EmbeddedKeysTest::forOwnerOnly);
    }
  }

  private static void forOwnerOnly(Path path) throws IOException {
    assertThat(OWNER).containsAll(Files.getPosixFilePermissions(path));
  }
}
