package dev.phial.gateway.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.gateway.auth.LocalIssuer;
import dev.phial.gateway.auth.TokenRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceTest {
  private static final FipsModule MODULE = FipsModule.start();
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Statement STATEMENT = new Statement(
      StatementKind.JOB_REPORT,
      1,
      Map.of("job", "rewrap", "done", 12, "tenants", List.of("north")));

  private final Path file;
  private final Evidence evidence;

  EvidenceTest(@TempDir Path directory) {
    this.file = directory.resolve("evidence/signing.jwk");
    this.evidence = Evidence.openOrCreate(file, MODULE, () -> NOW);
  }

  private StatementVerifier verifier() {
    return StatementVerifier.of(evidence.publicKey(), MODULE);
  }

  @Test
  void who_holds_the_public_key_alone_can_verify_a_statement() {
    String statement = evidence.sign(STATEMENT);

    assertThat(evidence.publicKey()).doesNotContain("\"d\"").contains("\"crv\":\"P-256\"");
    assertThat(verifier().verify(statement + "\n"))
        .isInstanceOfSatisfying(Verdict.Authentic.class, authentic -> {
          assertThat(authentic.kind()).isEqualTo(StatementKind.JOB_REPORT);
          assertThat(authentic.keyId()).isEqualTo(evidence.keyId());
          assertThat(authentic.claims())
              .matches(
                  "\\{\"facts\":\\{\"done\":12,\"job\":\"rewrap\",\"tenants\":\\[\"north\"]},"
                      + "\"iat\":1772366400,\"iss\":\"phial\",\"jti\":\"[0-9a-f-]{36}\",\"version\":1}");
        });
  }

  @Test
  void a_statement_of_the_first_version_is_verified_for_ever() throws IOException {
    StatementVerifier verifier = StatementVerifier.of(golden("statement-v1.jwk"), MODULE);

    assertThat(verifier.verify(golden("statement-v1.jws")))
        .isEqualTo(
            new Verdict.Authentic(
                StatementKind.JOB_REPORT,
                "8zST0MRMHj1awZBAf4Z1DBwVC5pwAfhgAJw76P1IaJI",
                "{\"facts\":{\"done\":12,\"job\":\"rewrap\",\"tenants\":[\"north\",\"s\u00fcd\"]},"
                    + "\"iat\":1795780800,\"iss\":\"phial\",\"jti\":\"18656b4e-b9ff-43c9-b9c2-50bd0885edc0\",\"version\":1}"));
  }

  @Test
  void a_statement_of_which_any_character_was_changed_is_not_authentic() {
    String statement = evidence.sign(STATEMENT);
    StatementVerifier verifier = verifier();
    for (int i = 0; i < statement.length(); i++) {
      char changed = statement.charAt(i) == 'A' ? 'B' : 'A';
      String forged = statement.substring(0, i) + changed + statement.substring(i + 1);

      assertThat(verifier.verify(forged)).isInstanceOf(Verdict.NotAuthentic.class);
    }
  }

  @Test
  void a_statement_of_another_key_is_not_authentic(@TempDir Path other) {
    Evidence stranger = Evidence.openOrCreate(other.resolve("key"), MODULE, () -> NOW);

    assertThat(verifier().verify(stranger.sign(STATEMENT)))
        .isInstanceOfSatisfying(
            Verdict.NotAuthentic.class,
            verdict -> assertThat(verdict.reason()).contains("not among those given"));
  }

  @Test
  void a_token_signed_with_the_same_key_is_no_statement() {
    String token = LocalIssuer.open(LocalIssuer.Realm.DATA, file, MODULE, () -> NOW)
        .mint(
            new TokenRequest("dr-achterberg", "north", Set.of(), Set.of(), Duration.ofMinutes(5)));

    assertThat(verifier().verify(token)).isInstanceOf(Verdict.NotAuthentic.class);
  }

  @Test
  void a_statement_without_a_signature_is_not_authentic() {
    String[] parts = evidence.sign(STATEMENT).split("\\.", -1);
    String none = Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(("{\"typ\":\"phial-job-report+jwt\",\"alg\":\"none\",\"kid\":\""
                + evidence.keyId() + "\"}")
            .getBytes(StandardCharsets.US_ASCII));

    for (String forged : List.of(
        parts[0] + "." + parts[1] + ".",
        none + "." + parts[1] + ".",
        none + "." + parts[1] + "." + parts[2],
        parts[1],
        "")) {
      assertThat(verifier().verify(forged)).isInstanceOf(Verdict.NotAuthentic.class);
    }
  }

  @Test
  void the_key_is_made_once_for_its_owner_only_and_refused_when_others_can_read_it()
      throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Evidence.openOrCreate(file, MODULE, () -> NOW).keyId()).isEqualTo(evidence.keyId());

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> Evidence.open(file, MODULE, () -> NOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("evidence key file (" + file + "): ")
        .hasMessageContaining("chmod 600");
  }

  @Test
  void a_private_key_is_no_key_to_verify_with_and_is_not_quoted() throws IOException {
    String secret = Files.readString(file);

    assertThatThrownBy(() -> StatementVerifier.of(secret, MODULE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("private")
        .hasMessageNotContaining(secret);
  }

  static String golden(String name) throws IOException {
    try (InputStream in = EvidenceTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
