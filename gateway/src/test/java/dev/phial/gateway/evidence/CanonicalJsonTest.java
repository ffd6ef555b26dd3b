package dev.phial.gateway.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

  @Test
  void texts_are_written_as_rfc_8785_does_in_its_example() {
    String text = "\u20ac$\u000F\nA'B\"\\\\\"/";

    assertThat(CanonicalJson.of(Map.of("string", text)))
        .isEqualTo("{\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  @Test
  void names_are_in_the_order_of_rfc_8785_in_its_example() {
    Map<String, ?> members = Map.of(
        "\u20ac", "Euro Sign",
        "\r", "Carriage Return",
        "\ufb33", "Hebrew Letter Dalet With Dagesh",
        "1", "One",
        "\ud83d\ude00", "Emoji: Grinning Face",
        "\u0080", "Control",
        "\u00f6", "Latin Small Letter O With Diaeresis");

    assertThat(CanonicalJson.of(members))
        .isEqualTo(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                + "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
                + "\"\ud83d\ude00\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
  }

  @Test
  void lists_keep_their_order_and_nothing_is_spaced() {
    assertThat(CanonicalJson.of(
            Map.of("b", List.of(3, true, Map.of("z", "", "a", -1L)), "a", List.of())))
        .isEqualTo("{\"a\":[],\"b\":[3,true,{\"a\":-1,\"z\":\"\"}]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud83d", "\ude00", "a\ud83db", "\ude00\ud83d"})
  void text_that_is_not_unicode_is_refused(String text) {
    assertThatThrownBy(() -> CanonicalJson.of(Map.of("a", text)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void numbers_that_readers_would_round_are_refused() {
    assertThat(CanonicalJson.of(Map.of("a", 9_007_199_254_740_991L)))
        .isEqualTo("{\"a\":9007199254740991}");
    assertThatThrownBy(() -> CanonicalJson.of(Map.of("a", 9_007_199_254_740_992L)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CanonicalJson.of(Map.of("a", 0.5)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
