package dev.phial.gateway.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.gateway.transform.TransformException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
  private final StrictJson json = new StrictJson(TransformLimits.DEFAULT);

  private boolean accepts(byte[] body) {
    try {
      json.parse(body, Set.of());
      return true;
    } catch (TransformException e) {
      assertThat(e.reason()).isIn(Reason.MALFORMED, Reason.TOO_LARGE);
      return false;
    }
  }

  private List<String> accepted(String prefix) {
    List<String> names = new ArrayList<>();
    for (Path file :
        SharedData.files(SharedData.folder("JSONTestSuite/test_parsing"), prefix, ".json")) {
      if (accepts(SharedData.read(file))) {
        names.add(file.getFileName().toString());
      }
    }
    return names;
  }

  @Test
  void refusesEveryFileOfTheSuiteThatIsNotJson() {
    assertThat(accepted("n_")).isEmpty();
  }

  @Test
  void acceptsEveryFileOfTheSuiteThatIsJsonButThoseWithDuplicateNames() {
    List<Path> files =
        SharedData.files(SharedData.folder("JSONTestSuite/test_parsing"), "y_", ".json");
    List<String> refused = new ArrayList<>();
    files.forEach(file -> refused.add(file.getFileName().toString()));
    refused.removeAll(accepted("y_"));
    assertThat(refused)
        .containsExactly("y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json");
  }

  @Test
  void whatTheSuiteLeavesOpenIsAcceptedOnlyWhenItIsStrictUtf8WithWholeCharacters()
      throws CharacterCodingException {
    for (String name : accepted("i_")) {
      byte[] body =
          SharedData.read(SharedData.folder("JSONTestSuite/test_parsing").resolve(name));
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      assertThat(text).as(name).doesNotContainIgnoringCase("\\ud8").doesNotStartWith("\uFEFF");
      assertThat(name).startsWith("i_number");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "UTF-16", "UTF-32"})
  void refusesOtherEncodings(String charset) {
    assertThat(accepts("{\"a\":\"b\"}".getBytes(Charset.forName(charset)))).isFalse();
    assertThat(accepts("1".getBytes(Charset.forName(charset)))).isFalse();
  }

  @Test
  void refusesOverlongFormsAndSurrogatesAndByteOrderMarks() {
    List<byte[]> bad = List.of(
        new byte[] {'"', (byte) 0xC0, (byte) 0xB1, '"'},
        new byte[] {'"', (byte) 0xE0, (byte) 0x80, (byte) 0xB1, '"'},
        new byte[] {'"', (byte) 0xF0, (byte) 0x80, (byte) 0x80, (byte) 0xB1, '"'},
        new byte[] {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'},
        new byte[] {'"', (byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80, '"'},
        new byte[] {'"', (byte) 0xC3, '"'},
        new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, '1'},
        new byte[] {'"', (byte) 0xFF, '"'});
    assertThat(bad).noneMatch(this::accepts);
    assertThat(accepts(Bench.bytes("\"\u00e9\u20ac\ud83d\ude00\\ud83d\\ude00\"")))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\ud800x\"",
        "\"\\ud800\\ud800\"",
        "{\"\\ud800\":1}",
        "\"\\ud800\\n\"",
        "\"\\u12\""
      })
  void refusesUnpairedSurrogates(String body) {
    assertThat(accepts(Bench.bytes(body))).isFalse();
  }

  @Test
  void refusesDuplicateNamesHoweverTheyAreWritten() {
    assertThatThrownBy(() -> json.parse(Bench.bytes("{\"ssn\":1,\"\\u0073sn\":2}"), Set.of()))
        .hasMessageContaining("twice")
        .hasMessageNotContaining("ssn");
  }

  @Test
  void keepsToItsLimitsQuickly() {
    String deep = "[".repeat(201) + "]".repeat(201);
    String longNumber = "1".repeat(1_001);
    String longName = "{\"" + "n".repeat(1_001) + "\":1}";
    String longString = "\"" + "s".repeat((1 << 20) + 1) + "\"";
    String manyTokens = "[" + "1,".repeat(1_000_001) + "1]";
    for (String body : List.of(deep, longNumber, longName, longString, manyTokens)) {
      Assertions.assertTimeout(
          Duration.ofSeconds(5),
          () -> assertThatThrownBy(() -> json.parse(Bench.bytes(body), Set.of()))
              .isInstanceOfSatisfying(
                  TransformException.class,
                  e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE)));
    }
    assertThat(accepts(Bench.bytes("[".repeat(200) + "]".repeat(200)))).isTrue();
    assertThat(accepts(Bench.bytes("\"" + "s".repeat(1 << 20) + "\""))).isTrue();
  }

  @Test
  void namesWithTheSameHashAreNoBomb() {
    StringBuilder body = new StringBuilder("{");
    for (int i = 0; i < 1 << 14; i++) {
      StringBuilder name = new StringBuilder();
      for (int bit = 0; bit < 14; bit++) {
        name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      body.append(i == 0 ? "" : ",").append('"').append(name).append("\":1");
    }
    byte[] bytes = Bench.bytes(body.append("}").toString());
    Assertions.assertTimeout(
        Duration.ofSeconds(5), () -> assertThat(accepts(bytes)).isTrue());
  }

  @Test
  void saysWhereWithoutRepeatingUnknownNamesOrValues() {
    assertThatThrownBy(() -> json.parse(
            Bench.bytes("{\"entry\":[1,{\"123-45-6789\":{\"x\":\"Achterberg\\ud800\"}}]}"),
            Set.of("entry")))
        .hasMessageContaining("/entry/1/{0}")
        .hasMessageNotContaining("6789")
        .hasMessageNotContaining("Achterberg");
  }
}
