package dev.phial.kms.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.kms.KekRef;
import dev.phial.kms.KeyNotFoundException;
import dev.phial.kms.Kms;
import dev.phial.kms.KmsProvider;
import dev.phial.kms.KmsSettings;
import dev.phial.kms.WrapContext;
import dev.phial.kms.WrappedKey;
import dev.phial.kms.testkit.KmsContractTest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKmsTest extends KmsContractTest {
  private static final KekRef KEK = new KekRef("local", "default");
  private static final WrapContext CONTEXT = new WrapContext("north-clinic", "ENCRYPT", 7, 1);

  @TempDir
  Path directory = Path.of("");

  @BeforeAll
  static void startModule() {
    FipsModule.start();
  }

  @Override
  protected Kms open() {
    return openIn(directory.resolve("kms"));
  }

  @Override
  protected KekRef kek() {
    return KEK;
  }

  private static Kms openIn(Path folder) {
    Map<String, String> settings = Map.of("create", "true", "passphrase.file", "local.pass");
    return KmsProvider.ofType("local", LocalKmsTest.class.getClassLoader())
        .open(new KmsSettings("local", settings, folder, variable -> ""));
  }

  @Test
  void opens_after_a_restart_what_it_wrapped_before() throws Exception {
    WrappedKey wrapped;
    try (Kms first = open()) {
      wrapped = await(first.wrap(KEK, new byte[32], CONTEXT));
    }
    try (Kms second = open()) {
      assertThat(await(second.unwrap(wrapped, CONTEXT))).isEqualTo(new byte[32]);
    }
  }

  @Test
  void does_not_find_a_kek_of_another_keystore_rather_than_call_it_tampering() throws Exception {
    try (Kms here = open();
        Kms elsewhere = openIn(directory.resolve("elsewhere"))) {
      WrappedKey wrapped = await(here.wrap(KEK, new byte[32], CONTEXT));
      assertThat(failure(elsewhere.unwrap(wrapped, CONTEXT)))
          .isInstanceOf(KeyNotFoundException.class)
          .hasMessageContaining("restore the old one from a backup");
    }
  }
}
