package dev.phial.gateway.policy.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.gateway.policy.selector.Selector.Condition;
import dev.phial.gateway.policy.selector.Selector.Step.Descendants;
import dev.phial.gateway.policy.selector.Selector.Step.Member;
import dev.phial.gateway.policy.selector.Selector.Step.Where;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorParserTest {

  @Test
  void reads_a_path_from_a_resource_type() {
    Selector selector = SelectorParser.parse("Patient.name.given");
    assertThat(selector.root()).isEqualTo("Patient");
    assertThat(selector.steps()).containsExactly(new Member("name"), new Member("given"));
  }

  @Test
  void reads_conditions_joined_by_and() {
    Selector selector = SelectorParser.parse(
        "Patient.identifier.where(type.coding.code = 'MR' and use.exists()).value");
    assertThat(selector.steps().get(1))
        .isEqualTo(new Where(List.of(
            new Condition.Equals(List.of("type", "coding", "code"), "MR"),
            new Condition.Exists(List.of("use")))));
  }

  @Test
  void reads_extension_as_a_condition_on_its_url() {
    assertThat(SelectorParser.parse("Patient.extension('http://x/y').valueString"))
        .extracting(Selector::steps)
        .isEqualTo(SelectorParser.parse("Patient.extension.where(url='http://x/y').valueString")
            .steps());
  }

  @Test
  void reads_descendants_of_any_resource() {
    assertThat(SelectorParser.parse("Resource.descendants().reference").steps())
        .containsExactly(new Descendants(), new Member("reference"));
  }

  @Test
  void reads_the_root_of_a_plain_document_and_names_in_backticks() {
    Selector selector = SelectorParser.parse("$.patient.`social security no.`");
    assertThat(selector.root()).isEqualTo(Selector.DOCUMENT);
    assertThat(selector.steps()).endsWith(new Member("social security no."));
  }

  @Test
  void reads_escaped_quotes_in_literals() {
    assertThat(
            SelectorParser.parse("Patient.a.where(b='it\\'s \\\\').c").steps().get(1))
        .isEqualTo(new Where(List.of(new Condition.Equals(List.of("b"), "it's \\"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"\" | column 1",
        "patient.name | column 1",
        "Patient | column 8",
        "Patient. | column 9",
        "Patient..name | column 9",
        "Patient.name[0] | column 13",
        "Patient.name.where(use='old') | column 30",
        "Patient.name.where(use=old).family | column 24",
        "Patient.name.where(use='old).family | column 36",
        "Patient.name.where(use='old' or use='new').family | column 30",
        "Patient.name.first() | column 19",
        "Patient.descendants() | column 22"
      })
  void refuses_what_is_not_in_the_language_and_says_where(String text, String column) {
    assertThatThrownBy(() -> SelectorParser.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(column + ":");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Patient. name",
        " Patient.name",
        "Patient.name ",
        "Patient.n\u00e4me",
        "Patient.a.where(b='\u0000').c"
      })
  void refuses_blanks_and_control_characters_outside_of_names(String text) {
    assertThatThrownBy(() -> SelectorParser.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void bounds_length_steps_and_conditions() {
    assertThatThrownBy(() -> SelectorParser.parse("P" + ".a".repeat(33)))
        .hasMessageContaining("32 steps");
    assertThatThrownBy(() -> SelectorParser.parse("P." + "a".repeat(1_000)))
        .hasMessageContaining("1000");
    assertThatThrownBy(
            () -> SelectorParser.parse("P.where(a='b'" + " and a='b'".repeat(16) + ").c"))
        .hasMessageContaining("16 conditions");
  }

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void answers_any_text_with_a_selector_or_a_column(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> parts = List.of(
        "Patient",
        "Resource",
        "$",
        ".",
        "name",
        "where(",
        "descendants()",
        "extension(",
        "'",
        "'x'",
        ")",
        "=",
        " and ",
        ".exists()",
        "`",
        "\\",
        " ",
        "\u2028",
        "\ud83d\ude00");
    for (int i = 0; i < 400; i++) {
      StringBuilder text = new StringBuilder("Patient");
      for (int n = random.nextInt(12); n > 0; n--) {
        text.append(parts.get(random.nextInt(parts.size())));
      }
      parseOrRefuse(text.toString());
    }
  }

  private static void parseOrRefuse(String text) {
    try {
      Selector selector = SelectorParser.parse(text);
      assertThat(selector.source()).isEqualTo(text);
      assertThat(selector.steps()).isNotEmpty();
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageMatching("(?s)column [0-9]+: .*");
    }
  }
}
