package dev.phial.gateway.keys;

import static dev.phial.gateway.keys.KeysetsFixture.await;

import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.store.KeysetStore;
import dev.phial.gateway.store.SqlStore;
import dev.phial.kms.KekVersion;
import dev.phial.kms.Kms;
import dev.phial.kms.testkit.InMemoryKms;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;

/** A process that creates keysets and rotates them, and says so of each only when it is acknowledged, until killed. */
final class AcknowledgingProcess {
  private AcknowledgingProcess() {}

  /** A KMS that is the same in every process, as a service would be. */
  static Kms kms() {
    return new InMemoryKms().add(new KekVersion(KeysetsFixture.KEK, "1"), new byte[32]);
  }

  /**
   * @param arguments the store's file, and a name for the tenants of this process
   */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
    KeysetStore store = SqlStore.sqlite(Path.of(arguments[0]), InstantSource.system());
    Keysets keysets = KeysetsFixture.keysets(store, kms());
    for (int i = 0; ; i++) {
      String tenant = arguments[1] + "-" + i / 4;
      await(keysets.rotate(tenant, KeyPurpose.TOKENIZE));
      DataKey key = await(keysets.ring(tenant, KeyPurpose.TOKENIZE)).primary();
      out.println(tenant + " " + key.id().version() + " " + Fingerprint.of(key));
    }
  }
}
