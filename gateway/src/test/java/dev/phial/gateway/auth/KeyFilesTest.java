package dev.phial.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.gateway.identity.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFilesTest {
  private static final FipsModule MODULE = FipsModule.start();
  private static final TokenRequest CLINICIAN = new TokenRequest(
      "dr-achterberg",
      "north",
      Set.of("clinician"),
      Set.of("TREAT"),
      TokenRequest.DEFAULT_LIFETIME);

  private final AtomicReference<Instant> clock = new AtomicReference<>(TestIssuer.NOW);
  private final Path directory;

  KeyFilesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private Instant now() {
    return Optional.ofNullable(clock.get()).orElseThrow();
  }

  private void later(Duration time) {
    clock.set(now().plus(time));
  }

  private JwksFile jwks(Path file) {
    return new JwksFile(file, MODULE.provider(), this::now);
  }

  private Path write(String name, String content) throws IOException {
    Path made = Files.writeString(directory.resolve(name + ".new"), content);
    return Files.move(made, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void a_changed_jwks_file_is_read_again_within_a_second_and_an_unchanged_one_is_not()
      throws Exception {
    JwksFile keys = jwks(write("jwks.json", TestIssuer.ec(Curve.P_256, "1").jwks()));
    VerificationKeys first = keys.keys();
    later(Duration.ofSeconds(2));
    assertThat(keys.keys()).isSameAs(first);

    write("jwks.json", TestIssuer.ec(Curve.P_256, "2").jwks());
    assertThat(keys.keys()).isSameAs(first);
    later(Duration.ofSeconds(1));

    assertThat(keys.keys()).isNotSameAs(first);
  }

  @Test
  void while_a_changed_jwks_file_is_bad_or_gone_the_keys_before_stay() throws Exception {
    Path file = write("jwks.json", TestIssuer.ec(Curve.P_256, "1").jwks());
    JwksFile keys = jwks(file);
    VerificationKeys first = keys.keys();

    write("jwks.json", "{");
    later(Duration.ofSeconds(1));
    assertThat(keys.keys()).isSameAs(first);
    Files.delete(file);
    later(Duration.ofSeconds(1));
    assertThat(keys.keys()).isSameAs(first);

    write("jwks.json", TestIssuer.ec(Curve.P_256, "2").jwks());
    later(Duration.ofSeconds(1));
    assertThat(keys.keys()).isNotSameAs(first);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"keys\":[]}",
        "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}]}",
        "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}",
        "{\"keys\":[{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"sXchDaQebHnPiGvyDOAT4saGEUetSyo9MKLOoWFsueri\"}]}"
      })
  void a_jwks_file_without_a_usable_public_key_is_refused_at_the_start(String content)
      throws Exception {
    Path file = write("jwks.json", content);

    assertThatThrownBy(() -> jwks(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("auth jwt jwks_file (" + file + "): ");
  }

  @Test
  void a_jwks_file_with_a_private_key_is_refused_and_not_quoted() throws Exception {
    TestIssuer issuer = TestIssuer.ec(Curve.P_256, "1");
    Path file = write("jwks.json", new JWKSet(List.of(issuer.privateKey())).toString(false));

    assertThatThrownBy(() -> jwks(file))
        .hasMessageContaining("private")
        .hasMessageNotContaining(issuer.privateKey().toECKey().getD().toString());
  }

  @Test
  void a_local_issuers_token_is_taken_by_the_gateway_that_trusts_it() {
    Path file = directory.resolve("auth/issuer.jwk");
    LocalIssuer gateway = LocalIssuer.openOrCreate(LocalIssuer.Realm.DATA, file, MODULE, this::now);
    String token =
        LocalIssuer.open(LocalIssuer.Realm.DATA, file, MODULE, this::now).mint(CLINICIAN);
    JwtAuthenticator authenticator = new JwtAuthenticator(
        List.of(gateway.trust()), JwtLimits.DEFAULTS, MODULE.provider(), this::now);
    Credentials credentials = new Credentials(Optional.of(token), List.of());

    assertThat(authenticator.authenticate(credentials))
        .isEqualTo(new Caller(
            "dr-achterberg", "north", Set.of("clinician"), Set.of("TREAT"), Caller.Method.JWT));

    later(Duration.ofMinutes(16));
    assertThatThrownBy(() -> authenticator.authenticate(credentials))
        .hasMessageContaining("expired");
  }

  @Test
  void a_local_issuers_token_for_one_realm_is_none_of_the_other_though_the_key_is_the_same() {
    Path file = directory.resolve("auth/issuer.jwk");
    LocalIssuer admins = LocalIssuer.openOrCreate(LocalIssuer.Realm.ADMIN, file, MODULE, this::now);
    LocalIssuer data = LocalIssuer.open(LocalIssuer.Realm.DATA, file, MODULE, this::now);

    assertThatThrownBy(() -> taking(admins, data.mint(CLINICIAN)))
        .hasMessageContaining("issuer is not trusted");
    assertThatThrownBy(() -> taking(data, admins.mint(CLINICIAN)))
        .hasMessageContaining("issuer is not trusted");
    assertThat(taking(admins, admins.mint(CLINICIAN)).subject()).isEqualTo("dr-achterberg");
  }

  private Caller taking(LocalIssuer issuer, String token) {
    return new JwtAuthenticator(
            List.of(issuer.trust()), JwtLimits.DEFAULTS, MODULE.provider(), this::now)
        .authenticate(new Credentials(Optional.of(token), List.of()));
  }

  @Test
  void the_local_issuers_file_is_its_owners_only_and_made_once() throws Exception {
    Path file = directory.resolve("issuer.jwk");
    LocalIssuer.openOrCreate(LocalIssuer.Realm.DATA, file, MODULE, this::now);
    String content = Files.readString(file);

    LocalIssuer.openOrCreate(LocalIssuer.Realm.DATA, file, MODULE, this::now);

    assertThat(file).hasContent(content);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void a_local_issuers_file_that_others_can_read_is_refused() throws Exception {
    Path file = directory.resolve("issuer.jwk");
    LocalIssuer.openOrCreate(LocalIssuer.Realm.DATA, file, MODULE, this::now);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(
            () -> LocalIssuer.openOrCreate(LocalIssuer.Realm.DATA, file, MODULE, this::now))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void a_local_issuers_file_that_is_missing_or_odd_is_named() throws Exception {
    Path missing = directory.resolve("missing.jwk");
    assertThatThrownBy(() -> LocalIssuer.open(LocalIssuer.Realm.DATA, missing, MODULE, this::now))
        .hasMessageContaining(missing.toString());

    Path odd = Files.writeString(directory.resolve("odd.jwk"), "{\"kty\":\"EC\"}");
    Files.setPosixFilePermissions(odd, PosixFilePermissions.fromString("rw-------"));
    assertThatThrownBy(() -> LocalIssuer.open(LocalIssuer.Realm.DATA, odd, MODULE, this::now))
        .hasMessageContaining("is not a JSON Web Key");
  }

  @Test
  void a_token_for_more_than_a_day_is_not_minted() {
    assertThatThrownBy(() -> new TokenRequest(
            "dr-achterberg", "north", Set.of(), Set.of(), Duration.ofHours(24).plusSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
