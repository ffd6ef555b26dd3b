package dev.phial.kms.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.InvalidWrappedKeyException;
import dev.phial.kms.KekRef;
import dev.phial.kms.KekVersion;
import dev.phial.kms.KeyNotFoundException;
import dev.phial.kms.Kms;
import dev.phial.kms.KmsException;
import dev.phial.kms.KmsSettings;
import dev.phial.kms.WrapContext;
import dev.phial.kms.WrapFrame;
import dev.phial.kms.WrappedKey;
import dev.phial.kms.testkit.KmsContractTest;
import dev.phial.kms.testkit.ManualTimer;
import dev.phial.kms.testkit.RestDouble;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AzureKmsTest extends KmsContractTest {
  private static final KekRef KEK = new KekRef("azure", "phial");
  private static final WrapContext CONTEXT = new WrapContext("north-clinic", "ENCRYPT", 7, 1);

  @TempDir
  Path directory = Path.of("");

  private final KeyVault vault = new KeyVault();
  private final RestDouble server;

  AzureKmsTest() throws Exception {
    server = RestDouble.start(vault);
  }

  @BeforeAll
  static void startModule() {
    FipsModule.start();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Override
  protected Kms open() {
    return open(Map.of("client_secret.env", "SECRET"));
  }

  @Override
  protected OptionalInt servicePort() {
    return OptionalInt.of(URI.create(server.address()).getPort());
  }

  @Override
  protected Kms openAt(int port) {
    String address = "http://127.0.0.1:" + port;
    return open(Map.of("client_secret.env", "SECRET", "vault", address, "authority", address));
  }

  private Kms open(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(Map.of(
        "vault", server.address(),
        "authority", server.address(),
        "tenant", "clinic.example.org",
        "client_id", "app-1",
        "timeout", "30s"));
    settings.putAll(more);
    return AzureKmsProvider.open(
        new KmsSettings("azure", settings, directory, name -> KeyVault.SECRET),
        new ManualTimer().clock());
  }

  @Override
  protected KekRef kek() {
    return KEK;
  }

  @Test
  void opens_what_older_versions_wrapped() throws Exception {
    try (Kms kms = open()) {
      WrappedKey old = await(kms.wrap(KEK, new byte[32], CONTEXT));
      vault.rotate();
      assertThat(await(kms.unwrap(old, CONTEXT))).isEqualTo(new byte[32]);
      WrappedKey again = await(kms.rewrap(old, KEK, CONTEXT));
      assertThat(again.kekVersion()).isNotEqualTo(old.kekVersion());
      assertThat(await(kms.unwrap(again, CONTEXT))).isEqualTo(new byte[32]);
    }
  }

  /** The vault knows no context; the two halves of a wrapped key must belong together all the same. */
  @Test
  void does_not_open_one_half_with_the_other_half_of_another_key() throws Exception {
    try (Kms kms = open()) {
      byte[] first = WrapFrame.open(await(kms.wrap(KEK, new byte[32], CONTEXT)));
      WrappedKey second = await(kms.wrap(KEK, new byte[32], CONTEXT));
      byte[] mixed = WrapFrame.open(second);
      System.arraycopy(first, 0, mixed, 0, 2 + 256);
      assertThat(failure(
              kms.unwrap(WrappedKey.of(second.kekVersion(), WrapFrame.around(mixed)), CONTEXT)))
          .isInstanceOf(InvalidWrappedKeyException.class);
    }
  }

  @Test
  void lives_on_after_well_framed_forgeries_of_any_length() throws Exception {
    try (Kms kms = open()) {
      WrappedKey wrapped = await(kms.wrap(KEK, new byte[32], CONTEXT));
      byte[] blob = WrapFrame.open(wrapped);
      for (int length : new int[] {1, 2, 3, 44, 258, blob.length - 1}) {
        byte[] shorter = Arrays.copyOf(blob, length);
        assertThat(failure(kms.unwrap(
                WrappedKey.of(wrapped.kekVersion(), WrapFrame.around(shorter)), CONTEXT)))
            .isInstanceOf(InvalidWrappedKeyException.class);
      }
      for (int place : new int[] {10, 259, 280, blob.length - 1}) {
        byte[] changed = blob.clone();
        changed[place] ^= 1;
        assertThat(failure(kms.unwrap(
                WrappedKey.of(wrapped.kekVersion(), WrapFrame.around(changed)), CONTEXT)))
            .isInstanceOf(InvalidWrappedKeyException.class);
      }
      assertThat(await(kms.unwrap(wrapped, CONTEXT))).isEqualTo(new byte[32]);
    }
  }

  @Test
  void logs_in_with_the_token_of_the_platform() throws Exception {
    Files.writeString(directory.resolve("token"), "an.example.jwt\n");
    try (Kms kms = open(Map.of("federated_token_file", "token"))) {
      assertThat(await(kms.describe(KEK)).enabled()).isTrue();
    }
  }

  @Test
  void says_that_the_login_is_refused_and_not_with_what() throws Exception {
    try (Kms kms = open(Map.of("client_secret.env", "SECRET", "client_id", "other"))) {
      assertThat(failure(kms.describe(KEK)))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("look at tenant, client_id and client_secret")
          .hasMessageNotContaining(KeyVault.SECRET);
    }
  }

  @Test
  void gets_another_token_when_one_was_refused() throws Exception {
    try (Kms kms = open()) {
      assertThat(await(kms.describe(KEK)).enabled()).isTrue();
      vault.tokens.incrementAndGet();
      assertThat(await(kms.describe(KEK)).enabled()).isTrue();
    }
  }

  @Test
  void does_not_wrap_under_a_key_that_is_disabled_or_of_another_kind() throws Exception {
    try (Kms kms = open()) {
      WrappedKey wrapped = await(kms.wrap(KEK, new byte[32], CONTEXT));
      vault.enabled = false;
      assertThat(await(kms.describe(KEK)).enabled()).isFalse();
      assertThat(failure(kms.wrap(KEK, new byte[32], CONTEXT)))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("enable it");
      assertThat(failure(kms.unwrap(wrapped, CONTEXT)))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("it is disabled");
      vault.enabled = true;
      vault.type = "EC";
      assertThat(failure(kms.wrap(KEK, new byte[32], CONTEXT)))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("name an RSA or oct-HSM key");
    }
  }

  @Test
  void does_not_find_a_version_that_there_is_not() throws Exception {
    try (Kms kms = open()) {
      WrappedKey wrapped = await(kms.wrap(KEK, new byte[32], CONTEXT));
      for (String version : new String[] {"0".repeat(32), "../..", "latest"}) {
        assertThat(failure(
                kms.unwrap(WrappedKey.of(new KekVersion(KEK, version), wrapped.bytes()), CONTEXT)))
            .isInstanceOf(KeyNotFoundException.class);
      }
    }
  }

  @Test
  void tells_passing_faults_from_lasting_ones() throws Exception {
    try (Kms kms = open()) {
      assertThat(await(kms.describe(KEK)).enabled()).isTrue();
      server.answerAlways(KeyVault.error(429, "Throttled", ""));
      assertThat(((KmsException) failure(kms.describe(KEK))).retryable()).isTrue();
      server.answerAlways(KeyVault.error(503, "ServiceUnavailable", ""));
      assertThat(((KmsException) failure(kms.describe(KEK))).retryable()).isTrue();
      server.answerAlways(KeyVault.error(403, "Forbidden", ""));
      assertThat(failure(kms.describe(KEK))).isInstanceOf(AccessDeniedException.class);
    }
  }

  @Test
  void refuses_settings_that_are_wrong() {
    assertThatThrownBy(() -> open(Map.of("client_secret", "x")))
        .hasMessageContaining("'client_secret' is not known here");
    assertThatThrownBy(() -> open(Map.of())).hasMessageContaining("'client_secret' needs either");
    assertThatThrownBy(() -> open(Map.of("client_secret.env", "S", "tenant", "a/b")))
        .hasMessageContaining("'tenant' is not the id");
    assertThatThrownBy(() -> open(Map.of("client_secret.env", "S", "vault", "clinic")))
        .hasMessageContaining("'vault' must be https");
  }
}
