package dev.phial.kms.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.InvalidWrappedKeyException;
import dev.phial.kms.KekRef;
import dev.phial.kms.KeyNotFoundException;
import dev.phial.kms.Kms;
import dev.phial.kms.KmsException;
import dev.phial.kms.KmsUnavailableException;
import dev.phial.kms.WrapContext;
import dev.phial.kms.WrapFrame;
import dev.phial.kms.WrappedKey;
import dev.phial.kms.testkit.KmsContractTest;
import dev.phial.kms.testkit.vault.VaultDouble;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against the server double, which follows the published API. */
class VaultKmsTest extends KmsContractTest {
  private static final KekRef KEK = new KekRef("vault", "phial");
  private static final WrapContext CONTEXT = new WrapContext("north-clinic", "ENCRYPT", 7, 1);

  private final TestClock clock = new TestClock();
  private final VaultDouble vault;

  VaultKmsTest() throws IOException {
    vault = VaultDouble.start(clock);
    vault.transit().create("phial", "aes256-gcm96", false);
    vault.transit().create("derived", "aes256-gcm96", true);
  }

  @BeforeAll
  static void startModule() {
    FipsModule.start();
  }

  @AfterEach
  void stopServer() {
    vault.close();
  }

  @Override
  protected Kms open() {
    return open(Map.of());
  }

  @Override
  protected OptionalInt servicePort() {
    return OptionalInt.of(URI.create(vault.address()).getPort());
  }

  @Override
  protected Kms openAt(int port) {
    return open(Map.of("address", "http://localhost:" + port));
  }

  private Kms open(Map<String, String> more) {
    String token = vault.tokens().give(Duration.ofHours(1), Duration.ofHours(2), true);
    return VaultKmsProvider.open(Settings.of(vault.address(), token, more), clock);
  }

  @Override
  protected KekRef kek() {
    return KEK;
  }

  @Test
  void keeps_vaults_own_text_and_the_version_in_it() throws Exception {
    try (Kms kms = open()) {
      WrappedKey wrapped = await(kms.wrap(KEK, new byte[32], CONTEXT));
      assertThat(new String(WrapFrame.open(wrapped), StandardCharsets.US_ASCII))
          .startsWith("vault:v1:");
      assertThat(wrapped.kekVersion().id()).isEqualTo("1@1795737600");
    }
  }

  @Test
  void opens_what_older_versions_wrapped_until_their_minimum_is_raised() throws Exception {
    try (Kms kms = open()) {
      WrappedKey old = await(kms.wrap(KEK, new byte[32], CONTEXT));
      vault.transit().rotate("phial");
      assertThat(await(kms.unwrap(old, CONTEXT))).isEqualTo(new byte[32]);
      WrappedKey again = await(kms.rewrap(old, KEK, CONTEXT));
      assertThat(again.kekVersion().id()).startsWith("2@");
      vault.transit().minDecryptionVersion("phial", 2);
      assertThat(failure(kms.unwrap(old, CONTEXT)))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("min_decryption_version");
      assertThat(await(kms.unwrap(again, CONTEXT))).isEqualTo(new byte[32]);
    }
  }

  @Test
  void lets_vault_rewrap_by_itself_with_a_derived_key() throws Exception {
    KekRef derived = new KekRef("vault", "derived");
    try (Kms kms = open()) {
      WrappedKey old = await(kms.wrap(derived, new byte[32], CONTEXT));
      vault.transit().rotate("derived");
      WrappedKey again = await(kms.rewrap(old, derived, CONTEXT));
      assertThat(vault.requests())
          .contains("POST transit/rewrap/derived")
          .doesNotContain("POST transit/decrypt/derived");
      assertThat(again.kekVersion().id()).startsWith("2@");
      assertThat(await(kms.unwrap(again, CONTEXT))).isEqualTo(new byte[32]);
      WrapContext other = new WrapContext("south-clinic", "ENCRYPT", 7, 1);
      assertThat(failure(kms.unwrap(again, other))).isInstanceOf(InvalidWrappedKeyException.class);
      assertThat(failure(kms.rewrap(again, derived, other)))
          .isInstanceOf(InvalidWrappedKeyException.class);
    }
  }

  @Test
  void does_not_take_a_key_for_another_that_had_its_name() throws Exception {
    try (Kms kms = open()) {
      WrappedKey old = await(kms.wrap(KEK, new byte[32], CONTEXT));
      vault.transit().delete("phial");
      clock.pass(Duration.ofSeconds(1));
      vault.transit().create("phial", "aes256-gcm96", false);
      assertThat(failure(kms.unwrap(old, CONTEXT)))
          .isInstanceOf(KeyNotFoundException.class)
          .hasMessageContaining("deleted and made again");
    }
  }

  @Test
  void never_creates_a_key_by_using_it() throws Exception {
    try (Kms kms = open()) {
      assertThat(failure(kms.wrap(new KekRef("vault", "none"), new byte[32], CONTEXT)))
          .isInstanceOf(KeyNotFoundException.class);
      assertThat(vault.requests()).doesNotContain("POST transit/encrypt/none");
    }
  }

  @Test
  void refuses_a_key_that_cannot_bind_a_context() throws Exception {
    vault.transit().create("rsa", "rsa-4096", false);
    KekRef rsa = new KekRef("vault", "rsa");
    try (Kms kms = open()) {
      assertThat(await(kms.describe(rsa)).enabled()).isFalse();
      assertThat(failure(kms.wrap(rsa, new byte[32], CONTEXT)))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("name an AEAD key");
    }
  }

  @Test
  void does_not_let_the_name_of_a_key_change_the_path() throws Exception {
    try (Kms kms = open()) {
      await(kms.describe(KEK));
      for (String name : new String[] {"../../sys/seal", "a/b", "..", "a?b", "a%2fb"}) {
        int before = vault.requests().size();
        assertThat(failure(kms.describe(new KekRef("vault", name))))
            .isInstanceOf(KeyNotFoundException.class);
        assertThat(vault.requests()).hasSize(before);
      }
    }
  }

  @Test
  void works_in_a_namespace_and_at_another_mount() throws Exception {
    vault.namespace("clinics/north");
    vault.mount("crypto/transit");
    try (Kms kms = open(Map.of("namespace", "clinics/north", "mount", "crypto/transit"))) {
      WrappedKey wrapped = await(kms.wrap(KEK, new byte[32], CONTEXT));
      assertThat(await(kms.unwrap(wrapped, CONTEXT))).isEqualTo(new byte[32]);
    }
  }

  @Test
  void says_that_the_engine_is_not_where_it_should_be() throws Exception {
    vault.mount("elsewhere");
    try (Kms kms = open()) {
      Throwable failure = failure(kms.describe(KEK));
      assertThat(failure)
          .isInstanceOf(KmsUnavailableException.class)
          .hasMessageContaining("look at mount and namespace");
      assertThat(((KmsException) failure).retryable()).isFalse();
    }
  }

  @Test
  void calls_sealed_and_throttled_passing_and_goes_on_afterwards() throws Exception {
    try (Kms kms = open()) {
      WrappedKey wrapped = await(kms.wrap(KEK, new byte[32], CONTEXT));
      vault.sealed(true);
      Throwable sealed = failure(kms.unwrap(wrapped, CONTEXT));
      assertThat(sealed).hasMessage("kms 'vault': Vault is sealed or in maintenance (status 503)");
      assertThat(((KmsException) sealed).retryable()).isTrue();
      vault.sealed(false);
      vault.throttle(1);
      Throwable throttled = failure(kms.unwrap(wrapped, CONTEXT));
      assertThat(throttled).hasMessageContaining("has too much to do (status 429)");
      assertThat(((KmsException) throttled).retryable()).isTrue();
      assertThat(await(kms.unwrap(wrapped, CONTEXT))).isEqualTo(new byte[32]);
    }
  }

  @Test
  void says_that_nobody_listens() throws Exception {
    try (Kms kms = open()) {
      vault.close();
      Throwable failure = failure(kms.describe(KEK));
      assertThat(failure).hasMessage("kms 'vault': Vault cannot be reached");
      assertThat(((KmsException) failure).retryable()).isTrue();
    }
  }
}
