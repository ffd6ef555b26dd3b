package dev.phial.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.JWK;
import dev.phial.crypto.fips.FipsModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** T19: Wycheproof's JWS vectors through our parser, key rules and the FIPS provider. */
class WycheproofJwsTest {
  private static final Set<String> OURS = Set.of("ES256", "ES384", "RS256", "PS256");

  @Test
  void every_invalid_signature_is_refused_and_every_valid_one_of_our_algorithms_is_taken()
      throws Exception {
    List<String> wrong = new ArrayList<>();
    int taken = 0;
    int refused = 0;
    for (JsonNode group : vectors().get("testGroups")) {
      JsonNode key = group.has("public") ? group.get("public") : group.get("private");
      for (JsonNode test : group.get("tests")) {
        boolean accepted = accepted(key, test.get("jws").asText());
        taken += accepted ? 1 : 0;
        refused += accepted ? 0 : 1;
        if (accepted != expected(key, test)) {
          wrong.add(test.get("tcId") + " " + test.get("comment").asText());
        }
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(taken).isEqualTo(14);
    assertThat(refused).isEqualTo(387);
  }

  /** Valid, of an algorithm that we take, under the key's own algorithm, and with a payload: a JWT always has one. */
  private static boolean expected(JsonNode key, JsonNode test) throws IOException {
    String[] parts = test.get("jws").asText().split("\\.", -1);
    boolean ours = OURS.contains(key.path("alg").asText());
    if (!ours || !test.get("result").asText().equals("valid") || parts[1].isEmpty()) {
      return false;
    }
    byte[] header = Base64.getUrlDecoder().decode(parts[0]);
    String algorithm = new ObjectMapper().readTree(header).get("alg").asText();
    return algorithm.equals(key.path("alg").asText());
  }

  private static boolean accepted(JsonNode key, String jws) throws ParseException {
    try {
      VerificationKeys keys = VerificationKeys.of(
          List.of(JWK.parse(key.toString())), FipsModule.start().provider());
      return keys.verify(CompactJws.parse(jws, 100_000));
    } catch (AuthenticationException | IllegalArgumentException refused) {
      return false;
    }
  }

  private static JsonNode vectors() throws IOException {
    Path file = Path.of(
        System.getProperty("phial.shared", "../shared"),
        "data/wycheproof/json_web_signature_test.json");
    Assumptions.assumeTrue(Files.exists(file), "no shared/data/wycheproof beside the project");
    return new ObjectMapper().readTree(file.toFile());
  }
}
