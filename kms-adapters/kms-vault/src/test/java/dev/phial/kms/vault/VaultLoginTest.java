package dev.phial.kms.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.KekRef;
import dev.phial.kms.Kms;
import dev.phial.kms.KmsSettings;
import dev.phial.kms.KmsUnavailableException;
import dev.phial.kms.testkit.vault.VaultDouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultLoginTest {
  private static final KekRef KEK = new KekRef("vault", "phial");
  private static final String SECRET = "an example secret id";
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir
  Path directory = Path.of("");

  private final TestClock clock = new TestClock();
  private final VaultDouble vault;

  VaultLoginTest() throws IOException {
    vault = VaultDouble.start(clock);
    vault.transit().create("phial", "aes256-gcm96", false);
  }

  @AfterEach
  void stopServer() {
    vault.close();
  }

  private KmsSettings settings(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("address", vault.address());
    return new KmsSettings("vault", all, directory, variable -> SECRET);
  }

  private KmsSettings appRole() {
    vault.logins().appRole("approle", "gateway", SECRET, HOUR, HOUR.multipliedBy(3));
    return settings(Map.of(
        "auth.method", "approle", "auth.role_id", "gateway", "auth.secret_id.env", "SECRET"));
  }

  private VaultSession session(KmsSettings settings) {
    VaultSession session = new VaultSession(
        "vault", VaultServer.of(settings, Duration.ofSeconds(30)), VaultLogin.of(settings), clock);
    session.current();
    return session;
  }

  /** What the first call fails with. */
  private @Nullable Throwable refusal(KmsSettings settings) {
    try (Kms kms = VaultKmsProvider.open(settings, clock)) {
      return catchThrowable(() -> works(kms)).getCause();
    }
  }

  private static void works(Kms kms) throws Exception {
    assertThat(kms.describe(KEK).toCompletableFuture().get(60, TimeUnit.SECONDS).enabled())
        .isTrue();
  }

  @Test
  void logs_in_with_an_approle() throws Exception {
    try (Kms kms = VaultKmsProvider.open(appRole(), clock)) {
      works(kms);
    }
  }

  @Test
  void logs_in_with_the_service_account_of_a_pod_at_another_mount() throws Exception {
    vault.logins().kubernetes("clusters/one", "gateway", "an.example.jwt", HOUR, HOUR);
    Files.writeString(directory.resolve("jwt"), "an.example.jwt\n");
    KmsSettings settings = settings(Map.of(
        "auth.method", "kubernetes",
        "auth.mount", "clusters/one",
        "auth.role", "gateway",
        "auth.jwt_file", "jwt"));
    try (Kms kms = VaultKmsProvider.open(settings, clock)) {
      works(kms);
    }
  }

  @Test
  void says_that_a_login_is_refused_and_not_with_what() {
    appRole();
    KmsSettings wrong = settings(Map.of(
        "auth.method", "approle", "auth.role_id", "getaway", "auth.secret_id.env", "SECRET"));
    assertThat(refusal(wrong))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("refuses the login (status 400)")
        .hasMessageNotContaining(SECRET)
        .hasNoCause();
  }

  @Test
  void says_that_a_sealed_vault_is_no_wrong_login() {
    KmsSettings settings = appRole();
    vault.sealed(true);
    assertThat(refusal(settings))
        .isInstanceOf(KmsUnavailableException.class)
        .hasMessageContaining("sealed");
  }

  @Test
  void needs_something_to_log_in_with_to_open() {
    for (Map<String, String> nothing : List.of(
        Map.of("auth.method", "token", "auth.token.file", "no-token"),
        Map.of("auth.method", "approle", "auth.role_id", "r", "auth.secret_id.file", "no-secret"),
        Map.of("auth.method", "kubernetes", "auth.role", "r", "auth.jwt_file", "no-jwt"))) {
      assertThatThrownBy(() -> VaultKmsProvider.open(settings(nothing), clock))
          .isInstanceOf(AccessDeniedException.class);
    }
  }

  @Test
  void renews_its_token_when_two_thirds_of_its_time_have_passed() {
    try (VaultSession session = session(appRole())) {
      session.tend();
      assertThat(vault.tokens().renewed()).isZero();
      clock.pass(Duration.ofMinutes(40));
      session.tend();
      session.tend();
      assertThat(vault.tokens().renewed()).isEqualTo(1);
      assertThat(vault.tokens().given()).isEqualTo(1);
    }
  }

  @Test
  void logs_in_anew_when_renewals_give_little_time_any_more() {
    try (VaultSession session = session(appRole())) {
      for (int i = 0; i < 4; i++) {
        clock.pass(Duration.ofMinutes(40));
        session.tend();
      }
      assertThat(vault.tokens().renewed()).isEqualTo(4);
      assertThat(vault.tokens().given()).isEqualTo(2);
    }
  }

  @Test
  void keeps_trying_while_vault_is_sealed() {
    try (VaultSession session = session(appRole())) {
      clock.pass(Duration.ofMinutes(40));
      vault.sealed(true);
      session.tend();
      session.tend();
      vault.sealed(false);
      session.tend();
      assertThat(vault.tokens().renewed()).isEqualTo(1);
    }
  }

  @Test
  void logs_in_again_when_its_token_was_revoked() throws Exception {
    try (Kms kms = VaultKmsProvider.open(appRole(), clock)) {
      works(kms);
      vault.tokens().revokeAll();
      works(kms);
      assertThat(vault.tokens().given()).isEqualTo(2);
    }
  }

  @Test
  void logs_in_again_after_its_token_expired_unnoticed() throws Exception {
    KmsSettings settings = appRole();
    try (Kms kms = VaultKmsProvider.open(settings, clock)) {
      works(kms);
      clock.pass(HOUR.multipliedBy(24));
      works(kms);
    }
  }

  @Test
  void says_that_a_token_it_was_given_is_worth_nothing() {
    KmsSettings settings = settings(Map.of("auth.method", "token", "auth.token.env", "TOKEN"));
    assertThat(refusal(settings))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageNotContaining(SECRET);
  }

  @Test
  void does_not_renew_a_token_that_never_ends() {
    String root = vault.tokens().give(Duration.ZERO, Duration.ZERO, false);
    try (VaultSession session = session(Settings.of(vault.address(), root, Map.of()))) {
      clock.pass(Duration.ofDays(1000));
      session.tend();
      assertThat(vault.tokens().renewed()).isZero();
      assertThat(session.current()).hasToString("VaultLease[PT0S from 2026-11-27T00:00:00Z]");
    }
  }

  @Test
  void refuses_settings_that_are_wrong() {
    refuses(Map.of("auth.method", "ldap"), "'auth.method' must be token, approle");
    refuses(Map.of("auth.method", "approle"), "'auth.role_id' is missing");
    refuses(Map.of("auth.method", "cert"), "'auth.certificate' is missing");
    refuses(Map.of("auth.method", "token"), "'auth.token' needs either");
    refuses(Map.of("auth.method", "token", "mount", "../sys"), "'mount' is not the path");
    refuses(Map.of("auth.method", "token", "token", "x"), "'token' is not known here");
    refuses(Map.of("auth.mehtod", "token"), "'auth.mehtod' is not known here");
    refuses(
        Map.of("auth.method", "token", "auth.token.env", "T", "ca", "none.pem"),
        "'ca' names a file that cannot be read");
  }

  private void refuses(Map<String, String> settings, String message) {
    assertThatThrownBy(() -> VaultKmsProvider.open(settings(settings), clock))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
