package dev.phial.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.gateway.identity.Caller;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** T19 and T46 as far as they concern JWTs. */
class JwtAuthenticatorTest {
  private static final TestIssuer EC = TestIssuer.ec(Curve.P_256, "key-1");
  private static final Instant NOW = TestIssuer.NOW;

  private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
  private final JwtAuthenticator authenticator = taking(EC.trust());

  private JwtAuthenticator taking(JwtTrust... trusts) {
    return new JwtAuthenticator(
        List.of(trusts), JwtLimits.DEFAULTS, FipsModule.start().provider(), this::now);
  }

  private Instant now() {
    return Optional.ofNullable(clock.get()).orElseThrow();
  }

  private Caller caller(String token) {
    return authenticator.authenticate(new Credentials(Optional.of(token), List.of()));
  }

  private void refused(String token, String reason) {
    assertThatThrownBy(() -> caller(token))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void a_good_token_is_its_caller() {
    assertThat(caller(EC.sign(TestIssuer.claims())))
        .isEqualTo(new Caller(
            "dr-achterberg",
            "north",
            Set.of("clinician"),
            Set.of("TREAT"),
            Caller.Method.JWT,
            "https://idp.example"));
  }

  static Stream<Arguments> algorithms() {
    TestIssuer rsa = TestIssuer.rsa("key-1");
    return Stream.of(
        Arguments.of(EC, JWSAlgorithm.ES256),
        Arguments.of(TestIssuer.ec(Curve.P_384, "key-1"), JWSAlgorithm.ES384),
        Arguments.of(rsa, JWSAlgorithm.RS256),
        Arguments.of(rsa, JWSAlgorithm.PS256));
  }

  @ParameterizedTest
  @MethodSource("algorithms")
  void each_algorithm_of_the_list_is_taken(TestIssuer issuer, JWSAlgorithm algorithm) {
    String token = issuer.sign(
        issuer.header(algorithm).type(JOSEObjectType.JWT).build(),
        new Payload(TestIssuer.claims()));

    assertThat(taking(issuer.trust())
            .authenticate(new Credentials(Optional.of(token), List.of()))
            .subject())
        .isEqualTo("dr-achterberg");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS384", "RS512", "PS384", "PS512"})
  void a_signature_of_an_algorithm_outside_the_list_is_refused_though_it_is_good(String name) {
    TestIssuer rsa = TestIssuer.rsa("key-1");
    String token =
        rsa.sign(rsa.header(JWSAlgorithm.parse(name)).build(), new Payload(TestIssuer.claims()));

    assertThatThrownBy(
            () -> taking(rsa.trust()).authenticate(new Credentials(Optional.of(token), List.of())))
        .hasMessageContaining("signature");
  }

  static Stream<Arguments> badClaims() {
    long now = NOW.getEpochSecond();
    return Stream.of(
        Arguments.of(TestIssuer.with("iss", "https://idp.example/"), "iss"),
        Arguments.of(TestIssuer.without("iss"), "iss"),
        Arguments.of(TestIssuer.with("aud", "other"), "aud"),
        Arguments.of(TestIssuer.without("aud"), "aud"),
        Arguments.of(TestIssuer.without("exp"), "exp"),
        Arguments.of(TestIssuer.with("exp", now - 60), "expired"),
        Arguments.of(TestIssuer.with("exp", "tomorrow"), "claims"),
        Arguments.of(TestIssuer.with("exp", now + 86_401), "longer"),
        Arguments.of(TestIssuer.with("exp", Long.MAX_VALUE), ""),
        Arguments.of(TestIssuer.with("iat", now - 100_000), "longer"),
        Arguments.of(TestIssuer.with("nbf", now + 61), "not valid yet"),
        Arguments.of(TestIssuer.with("iat", now + 61), "not valid yet"),
        Arguments.of(TestIssuer.without("sub"), "sub"),
        Arguments.of(TestIssuer.without("tenant"), "tenant"),
        Arguments.of(TestIssuer.with("tenant", " "), "tenant"),
        Arguments.of(TestIssuer.with("tenant", List.of("north", "south")), "tenant"),
        Arguments.of(TestIssuer.with("tenant", "north\nsouth"), "tenant"),
        Arguments.of(TestIssuer.with("sub", "dr\u202eachterberg"), "sub"),
        Arguments.of(TestIssuer.with("sub", "x".repeat(257)), "sub"),
        Arguments.of(TestIssuer.with("roles", Map.of("admin", true)), "roles"),
        Arguments.of(TestIssuer.with("roles", List.of("clinician", 7)), "roles"),
        Arguments.of(TestIssuer.with("roles", Collections.nCopies(65, "r")), "roles"));
  }

  @ParameterizedTest
  @MethodSource("badClaims")
  void a_claim_that_does_not_hold_refuses_the_token(Map<String, Object> claims, String reason) {
    refused(EC.sign(claims), reason);
  }

  @Test
  void a_minute_of_clock_difference_is_forgiven() {
    long now = NOW.getEpochSecond();

    assertThat(caller(EC.sign(TestIssuer.with("exp", now - 59))).tenant()).isEqualTo("north");
    assertThat(caller(EC.sign(TestIssuer.with("nbf", now + 60))).tenant()).isEqualTo("north");
  }

  @Test
  void purposes_come_in_either_spelling_and_a_token_without_roles_has_none() {
    Map<String, Object> claims = TestIssuer.without("purposes");
    claims.put("purpose_of_use", "HOPERAT");
    claims.remove("roles");

    Caller caller = caller(EC.sign(claims));

    assertThat(caller.purposes()).containsExactly("HOPERAT");
    assertThat(caller.roles()).isEmpty();
  }

  static Stream<JWSHeader> badHeaders() {
    JWSHeader.Builder good = EC.header(JWSAlgorithm.ES256);
    TestIssuer attacker = TestIssuer.ec(Curve.P_256, "key-1");
    return Stream.of(
        new JWSHeader.Builder(good.build()).jwk(attacker.publicKey()).build(),
        new JWSHeader.Builder(good.build())
            .jwkURL(URI.create("https://evil.example"))
            .build(),
        new JWSHeader.Builder(good.build())
            .x509CertURL(URI.create("https://evil.example"))
            .build(),
        new JWSHeader.Builder(good.build()).criticalParams(Set.of("exp")).build(),
        new JWSHeader.Builder(good.build()).keyID("../../etc/passwd").build(),
        new JWSHeader.Builder(good.build()).keyID("key-2").build(),
        new JWSHeader.Builder(good.build())
            .type(new JOSEObjectType("secevent+jwt"))
            .build());
  }

  @ParameterizedTest
  @MethodSource("badHeaders")
  void a_header_that_points_to_another_key_or_asks_for_more_is_refused(JWSHeader header) {
    refused(EC.sign(header, new Payload(TestIssuer.claims())), "token");
  }

  @Test
  void a_key_that_the_token_brings_along_is_not_used() {
    TestIssuer attacker = TestIssuer.ec(Curve.P_256, "key-1");

    refused(attacker.sign(TestIssuer.claims()), "signature");
  }

  @Test
  void hmac_with_the_public_key_as_its_secret_is_refused() throws JOSEException {
    JWSObject forged = new JWSObject(
        new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("key-1").build(),
        new Payload(TestIssuer.claims()));
    forged.sign(new MACSigner(EC.publicKey().toJSONString().getBytes(StandardCharsets.UTF_8)));

    refused(forged.serialize(), "signature");
  }

  static Stream<String> malformed() {
    String good = EC.sign(TestIssuer.claims());
    String[] parts = good.split("\\.", -1);
    String none = Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
    String twice = Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString("{\"alg\":\"none\",\"alg\":\"ES256\"}".getBytes(StandardCharsets.UTF_8));
    List<String> tokens = new ArrayList<>(List.of(
        "",
        ".",
        "..",
        "a.b",
        good + ".",
        good + "=",
        " " + good,
        good + "\n",
        parts[0] + "." + parts[1] + ".",
        none + "." + parts[1] + ".",
        none + "." + parts[1] + "." + parts[2],
        twice + "." + parts[1] + "." + parts[2],
        parts[0] + "." + parts[1] + "." + parts[2] + "AAAA",
        parts[0] + "." + parts[1] + "." + "A".repeat(86),
        parts[0] + ". " + parts[1] + "." + parts[2],
        parts[0] + "." + parts[1] + "." + parts[2] + "." + parts[2] + "." + parts[2],
        "x".repeat(8_193)));
    return tokens.stream();
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void what_is_no_signed_token_is_refused(String token) {
    refused(token, "token");
  }

  @Test
  void every_changed_character_breaks_the_token() {
    String good = EC.sign(TestIssuer.claims());
    for (int i = 0; i < good.length(); i++) {
      char changed = good.charAt(i) == 'A' ? 'B' : 'A';
      refused(good.substring(0, i) + changed + good.substring(i + 1), "");
    }
  }

  @Test
  void deep_json_in_the_claims_harms_nothing() {
    String deep = "{\"iss\":" + "[".repeat(2_500) + "]".repeat(2_500) + "}";

    refused(EC.sign(EC.header(JWSAlgorithm.ES256).build(), new Payload(deep)), "claims");
  }

  @Test
  void claims_that_are_not_utf_8_are_refused() {
    byte[] claims =
        "{\"iss\":\"https://idp.example\",\"sub\":\"X\"}".getBytes(StandardCharsets.UTF_8);
    claims[claims.length - 3] = (byte) 0xff;

    refused(
        EC.sign(EC.header(JWSAlgorithm.ES256).build(), new Payload(claims)), "not a signed JWT");
  }

  @Test
  void a_remembered_token_expires_all_the_same() {
    String token = EC.sign(TestIssuer.claims());
    caller(token);

    clock.set(NOW.plus(Duration.ofMinutes(11)).minusSeconds(1));
    assertThat(caller(token).tenant()).isEqualTo("north");

    clock.set(NOW.plus(Duration.ofMinutes(11)));
    refused(token, "expired");
  }

  @Test
  void a_remembered_token_is_refused_once_its_issuers_keys_change() {
    AtomicReference<VerificationKeys> keys = new AtomicReference<>(keysOf(EC));
    JwtAuthenticator reloading = taking(new JwtTrust(
        TestIssuer.ISSUER,
        TestIssuer.AUDIENCE,
        () -> Optional.ofNullable(keys.get()).orElseThrow()));
    Credentials token = new Credentials(Optional.of(EC.sign(TestIssuer.claims())), List.of());
    reloading.authenticate(token);

    keys.set(keysOf(TestIssuer.ec(Curve.P_256, "key-1")));

    assertThatThrownBy(() -> reloading.authenticate(token)).hasMessageContaining("signature");
  }

  private static VerificationKeys keysOf(TestIssuer issuer) {
    return VerificationKeys.of(List.of(issuer.publicKey()), FipsModule.start().provider());
  }

  @Test
  void one_issuers_key_does_not_sign_for_another() {
    TestIssuer other = TestIssuer.ec(Curve.P_256, "key-1");
    VerificationKeys keys = keysOf(other);
    JwtAuthenticator both =
        taking(EC.trust(), new JwtTrust("https://other.example", "phial", () -> keys));

    String token = other.sign(TestIssuer.claims());

    assertThatThrownBy(() -> both.authenticate(new Credentials(Optional.of(token), List.of())))
        .hasMessageContaining("signature");
  }

  @Test
  void a_token_for_data_and_administration_at_once_is_refused() {
    VerificationKeys keys = keysOf(EC);
    JwtAuthenticator separate = taking(
        new JwtTrust(TestIssuer.ISSUER, TestIssuer.AUDIENCE, () -> keys, Set.of("phial-admin")));
    String one = EC.sign(TestIssuer.with("aud", List.of(TestIssuer.AUDIENCE)));
    String both = EC.sign(TestIssuer.with("aud", List.of(TestIssuer.AUDIENCE, "phial-admin")));

    assertThat(
            separate.authenticate(new Credentials(Optional.of(one), List.of())).subject())
        .isEqualTo("dr-achterberg");
    assertThatThrownBy(() -> separate.authenticate(new Credentials(Optional.of(both), List.of())))
        .hasMessageContaining("at once (aud)");
  }

  @Test
  void no_message_repeats_the_token() {
    String token = EC.sign(TestIssuer.with("sub", "dr-achterberg\u0000"));

    assertThatThrownBy(() -> caller(token))
        .hasMessageNotContaining("achterberg")
        .hasMessageNotContaining(token.substring(0, 20));
  }
}
