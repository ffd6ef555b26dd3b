package dev.phial.kms.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.KekRef;
import dev.phial.kms.Kms;
import dev.phial.kms.KmsSettings;
import dev.phial.kms.KmsUnavailableException;
import dev.phial.kms.testkit.TestCertificates;
import dev.phial.kms.testkit.vault.VaultDouble;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With TLS, and with the approved module in the process, as in the gateway. */
class VaultTlsTest {
  private static final TestClock CLOCK = new TestClock();

  @TempDir
  static Path directory = Path.of("");

  @BeforeAll
  static void makeCertificates() throws Exception {
    FipsModule.start();
    TestCertificates.make(directory, "server", "RSA");
    TestCertificates.make(directory, "client", "EC");
    TestCertificates.make(directory, "stranger", "RSA");
  }

  private static VaultDouble start() throws Exception {
    VaultDouble vault = VaultDouble.start(
        CLOCK, TestCertificates.server(directory, "server", "client", "stranger"));
    vault.transit().create("phial", "aes256-gcm96", false);
    vault.logins().certificate("cert", "CN=client", Duration.ofHours(1));
    return vault;
  }

  private static KmsSettings settings(VaultDouble vault, Map<String, String> changes) {
    Map<String, String> settings = new HashMap<>(Map.of(
        "address", vault.address(),
        "ca", "server.pem",
        "auth.method", "cert",
        "auth.certificate", "client.pem",
        "auth.key", "client.key"));
    settings.putAll(changes);
    return new KmsSettings("vault", settings, directory, variable -> "");
  }

  @Test
  void logs_in_with_a_certificate_and_gets_a_new_token_when_the_first_ends() throws Exception {
    try (VaultDouble vault = start();
        Kms kms = VaultKmsProvider.open(settings(vault, Map.of()), CLOCK)) {
      for (int i = 0; i < 2; i++) {
        assertThat(kms.describe(new KekRef("vault", "phial"))
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS)
                .enabled())
            .isTrue();
        CLOCK.pass(Duration.ofHours(2));
      }
      assertThat(vault.tokens().given()).isEqualTo(2);
    }
  }

  /** What the first call fails with. */
  private static @Nullable Throwable refusal(KmsSettings settings) {
    try (Kms kms = VaultKmsProvider.open(settings, CLOCK)) {
      return catchThrowable(() -> kms.describe(new KekRef("vault", "phial"))
              .toCompletableFuture()
              .get(60, TimeUnit.SECONDS))
          .getCause();
    }
  }

  @Test
  void does_not_log_in_with_the_certificate_of_another() throws Exception {
    try (VaultDouble vault = start()) {
      KmsSettings stranger =
          settings(vault, Map.of("auth.certificate", "stranger.pem", "auth.key", "stranger.key"));
      assertThat(refusal(stranger)).isInstanceOf(AccessDeniedException.class);
    }
  }

  @Test
  void does_not_talk_to_a_server_that_somebody_else_vouches_for() throws Exception {
    try (VaultDouble vault = start()) {
      assertThat(refusal(settings(vault, Map.of("ca", "stranger.pem"))))
          .isInstanceOf(KmsUnavailableException.class)
          .hasMessageContaining("cannot be reached");
      assertThat(vault.requests()).isEmpty();
    }
  }

  @Test
  void refuses_a_private_key_that_others_may_read_or_that_is_another_ones() throws Exception {
    Path open = Files.copy(directory.resolve("client.key"), directory.resolve("open.key"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    try (VaultDouble vault = start()) {
      assertThatThrownBy(
              () -> VaultKmsProvider.open(settings(vault, Map.of("auth.key", "open.key")), CLOCK))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("chmod 600");
      assertThatThrownBy(
              () -> VaultKmsProvider.open(settings(vault, Map.of("auth.key", "server.key")), CLOCK))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(
              "'auth.key' names a file that is not the certificate's private key");
    }
  }
}
