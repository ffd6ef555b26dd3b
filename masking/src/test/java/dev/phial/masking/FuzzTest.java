package dev.phial.masking;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Made-up values in made-up shapes: what comes out is valid in its format, and no value survives. */
class FuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> NOISE = List.of(
      "ready",
      "timeout",
      "\u00e9t\u00e9",
      "a\"b",
      "c\\d",
      "x\ny",
      "{",
      "}",
      "\u2028",
      "\u001b[31m",
      "\0",
      "${jndi:ldap://x}",
      "%zz",
      "'",
      "<b>",
      "\ud83d\ude00");
  private static final List<String> KEYS =
      List.of("ssn", "patient_ssn", "socialSecurityNumber", "ssn_full", "member.ssn");

  private final List<String> values = new ArrayList<>();
  private Random random = new Random(0);

  private String value() {
    String ssn = String.format(
        Locale.ROOT,
        "%03d-%02d-%04d",
        101 + random.nextInt(500),
        10 + random.nextInt(89),
        1000 + random.nextInt(8999));
    values.add(ssn);
    return ssn;
  }

  private String noise() {
    return NOISE.get(random.nextInt(NOISE.size()));
  }

  private String key() {
    return KEYS.get(random.nextInt(KEYS.size()));
  }

  private String sentence() {
    return noise() + " ssn " + value() + " " + noise();
  }

  private JsonNode tree(int depth) throws JsonProcessingException {
    ObjectNode object = JSON.createObjectNode();
    for (int i = random.nextInt(4); i >= 0; i--) {
      switch (random.nextInt(depth > 4 ? 5 : 8)) {
        case 0 -> object.put(key(), value());
        case 1 -> object.put("message" + i, sentence());
        case 2 -> object.put(noise() + i, noise());
        case 3 -> object.put(key(), Long.parseLong(value().replace("-", "")));
        case 4 ->
          object.put(
              "b" + i,
              Base64.getEncoder()
                  .encodeToString(("the ssn is " + value()).getBytes(StandardCharsets.UTF_8)));
        case 5 -> object.set("o" + i, tree(depth + 1));
        case 6 -> {
          ArrayNode array = object.putArray("a" + i);
          array
              .add(tree(depth + 1))
              .add(sentence())
              .add(random.nextInt())
              .add(random.nextBoolean());
        }
        default -> object.put("s" + i, JSON.writeValueAsString(tree(depth + 1)));
      }
    }
    return object;
  }

  private void nothingSurvives(String masked) {
    for (String value : values) {
      assertThat(masked).doesNotContain(value).doesNotContain(value.replace("-", ""));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void json(long seed) throws JsonProcessingException {
    random = new Random(seed);
    for (int round = 0; round < 250; round++) {
      values.clear();
      JsonNode tree = tree(0);
      String masked = Lines.mask(JSON.writeValueAsString(tree));
      JsonNode after = JSON.readTree(masked);
      assertThat(after.size()).isEqualTo(tree.size());
      nothingSurvives(masked);
      nothingSurvives(
          Lines.mask("2026-11-04T16:14:29Z INFO body=" + JSON.writeValueAsString(tree) + " done"));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void lines(long seed) {
    random = new Random(seed);
    for (int round = 0; round < 1000; round++) {
      values.clear();
      String line = switch (random.nextInt(7)) {
        case 0 -> "level=info " + key() + "=" + value() + " x=" + random.nextInt();
        case 1 -> key() + "=\"" + value() + "\" b='" + value() + "'";
        case 2 ->
          "GET /a?" + key() + "=" + URLEncoder.encode(value(), StandardCharsets.UTF_8)
              + "&p=1 HTTP/1.1";
        case 3 ->
          "<134>1 2026-11-01T04:34:46Z app x - - [a@1 " + key() + "=\"" + value() + "\"] "
              + sentence();
        case 4 -> "<r><ssn>" + value() + "</ssn></r>";
        case 5 -> "INSERT INTO p (a, ssn) VALUES (1, '" + value() + "') -- " + noise();
        default -> sentence() + sentence();
      };
      nothingSurvives(Lines.mask(line));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void randomBytesNeverFail(long seed) {
    random = new Random(seed);
    byte[] alphabet = "ssn=:\"'{}[]()\\u0035%2D+@.-/ \n\r\t|^~&<>019aZ\u00e9\uff11*_#,;"
        .getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 3000; round++) {
      byte[] line = new byte[random.nextInt(120)];
      for (int i = 0; i < line.length; i++) {
        line[i] = random.nextInt(4) == 0
            ? (byte) random.nextInt()
            : alphabet[random.nextInt(alphabet.length)];
      }
      byte[] once = Lines.mask(line.clone());
      assertThat(once).isNotNull();
    }
  }
}
