package dev.phial.crypto.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fpe.Ff1Engine;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyDestroyedException;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.crypto.testing.Keys;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElementTokenizerTest {
  private static final TokenizerFactory COMPOSED =
      new TokenizerFactory(FipsModule.start(), Ff1Engine.COMPOSED);
  private static final TokenizerFactory MODULE =
      new TokenizerFactory(FipsModule.start(), Ff1Engine.MODULE);
  private static final Map<String, String> PATIENT = Map.of("patient", "p1");

  private static ElementTokenizer tokenizer(String format, Marking marking) {
    return COMPOSED.tokenizer(
        Keys.tokenize(), "north", "mrn", TokenFormat.parse(format, marking), marking);
  }

  static Stream<Arguments> formats() {
    return Stream.of(
        Arguments.of("digits:7..12", Marking.PLAIN, "[0-9]{7,12}"),
        Arguments.of("alnum:4..30", Marking.PLAIN, "[0-9A-Za-z]{4,30}"),
        Arguments.of("alnum-upper:4..30", Marking.PLAIN, "[0-9A-Z]{4,30}"),
        Arguments.of("alnum-lower:4..30", Marking.PLAIN, "[0-9a-z]{4,30}"),
        Arguments.of("hex:5..40", Marking.PLAIN, "[0-9a-f]{5,40}"),
        Arguments.of("us-ssn:any", Marking.PLAIN, "[0-9]{9}|[0-9]{3}-[0-9]{2}-[0-9]{4}"),
        Arguments.of("uuid", Marking.PLAIN, "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
        Arguments.of("digits:1..12", Marking.MARKED, "pt1\\.[0-9]{14,25}"),
        Arguments.of("alnum:1..30", Marking.MARKED, "pt1\\.[0-9A-Za-z]{8,37}"),
        Arguments.of("hex:1..40", Marking.MARKED, "pt1\\.[0-9a-f]{11,50}"),
        Arguments.of("us-ssn:any", Marking.MARKED, "pt1\\.[0-9]{23}"),
        Arguments.of("uuid", Marking.MARKED, "pt1\\.[0-9a-f]{42}"),
        Arguments.of("text", Marking.MARKED, "pt1\\.[A-Za-z0-9.-]+"));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void values_come_back_and_tokens_have_the_format_that_is_promised(
      String spec, Marking marking, String shape) {
    ElementTokenizer tokenizer = tokenizer(spec, marking);
    List<TokenInput> values = Samples.valuesOf(spec, 300, 2026);
    List<TokenOutcome> tokens = tokenizer.tokenize(values);
    assertThat(tokens).allSatisfy(token -> assertThat(text(token)).matches(shape));
    List<TokenOutcome> back = tokenizer.detokenize(asInputs(tokens, values));
    for (int i = 0; i < values.size(); i++) {
      assertThat(text(back.get(i))).isEqualTo(values.get(i).text());
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void both_engines_give_the_same_tokens(String spec, Marking marking, String shape) {
    TokenFormat format = TokenFormat.parse(spec, marking);
    List<TokenInput> values = Samples.valuesOf(spec, 40, 7);
    List<TokenOutcome> ours =
        COMPOSED.tokenizer(Keys.tokenize(), "north", "mrn", format, marking).tokenize(values);
    List<TokenOutcome> own =
        MODULE.tokenizer(Keys.tokenize(), "north", "mrn", format, marking).tokenize(values);
    assertThat(ours).isEqualTo(own).allSatisfy(token -> assertThat(text(token)).matches(shape));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void a_value_that_looks_like_a_token_is_a_value_like_any_other(
      String spec, Marking marking, String shape) {
    ElementTokenizer tokenizer =
        tokenizer(spec, Marking.PLAIN == marking ? marking : Marking.MARKED);
    TokenInput value = Samples.valuesOf(spec, 1, 3).get(0);
    String token = text(tokenizer.tokenize(List.of(value)).get(0));
    assertThat(token).matches(shape);
    TokenOutcome again =
        tokenizer.tokenize(List.of(new TokenInput(token, value.context()))).get(0);
    if (again instanceof TokenOutcome.Token twice) {
      TokenInput input = new TokenInput(twice.text(), value.context());
      assertThat(text(tokenizer.detokenize(List.of(input)).get(0))).isEqualTo(token);
    }
  }

  /** Threat T9. */
  @ParameterizedTest
  @ValueSource(strings = {"digits:9", "us-ssn"})
  void tenant_element_version_caller_and_marking_each_give_another_token(String spec) {
    Set<String> tokens = new HashSet<>();
    for (Marking marking : Marking.values()) {
      TokenFormat format = TokenFormat.parse(spec, marking);
      for (int version = 1; version <= 3; version++) {
        // The same material, so that all difference comes from what is bound; a real version has
        // its own.
        DataKey key = Keys.filled(KeyPurpose.TOKENIZE, 1, version, version);
        for (String tenant : List.of("north", "south")) {
          for (String element : List.of("ssn", "mrn")) {
            ElementTokenizer tokenizer = COMPOSED.tokenizer(key, tenant, element, format, marking);
            tokens.add(
                text(tokenizer.tokenize(List.of(TokenInput.of("123456789"))).get(0)));
            tokens.add(text(tokenizer
                .tokenize(List.of(new TokenInput("123456789", PATIENT)))
                .get(0)));
          }
        }
      }
    }
    assertThat(tokens).hasSize(2 * 3 * 2 * 2 * 2);
  }

  /** Threats T10 and T12. */
  @Test
  void a_marked_token_is_refused_by_every_other_tenant_element_version_context_and_key() {
    TokenFormat format = TokenFormat.parse("digits:9", Marking.MARKED);
    List<TokenInput> values = Samples.valuesOf("digits:9", 200, 12);
    List<TokenInput> tokens =
        asInputs(tokenizer("digits:9", Marking.MARKED).tokenize(values), values);
    DataKey sameIdOtherKey =
        Keys.filled(KeyPurpose.TOKENIZE, Keys.tokenize().id().keyset(), 1, 0x55);
    DataKey otherVersion = Keys.filled(KeyPurpose.TOKENIZE, Keys.tokenize().id().keyset(), 2, 0x22);
    assertAllRefused(COMPOSED
        .tokenizer(Keys.tokenize(), "south", "mrn", format, Marking.MARKED)
        .detokenize(tokens));
    assertAllRefused(COMPOSED
        .tokenizer(Keys.tokenize(), "north", "ssn", format, Marking.MARKED)
        .detokenize(tokens));
    assertAllRefused(COMPOSED
        .tokenizer(sameIdOtherKey, "north", "mrn", format, Marking.MARKED)
        .detokenize(tokens));
    assertAllRefused(COMPOSED
        .tokenizer(otherVersion, "north", "mrn", format, Marking.MARKED)
        .detokenize(tokens));
    List<TokenInput> otherContext = tokens.stream()
        .map(token -> new TokenInput(token.text(), Map.of("patient", "p9")))
        .toList();
    assertAllRefused(tokenizer("digits:9", Marking.MARKED).detokenize(otherContext));
  }

  @Test
  void forged_marked_tokens_are_refused() {
    SplittableRandom random = new SplittableRandom(99);
    List<TokenInput> forged = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      StringBuilder token = new StringBuilder("pt1.");
      for (int digit = 0; digit < 22; digit++) {
        token.append(random.nextInt(10));
      }
      forged.add(TokenInput.of(token.toString()));
    }
    assertAllRefused(tokenizer("digits:9", Marking.MARKED).detokenize(forged));
  }

  @Test
  void every_change_of_one_character_of_a_marked_token_is_refused() {
    ElementTokenizer tokenizer = tokenizer("text", Marking.MARKED);
    String token =
        text(tokenizer.tokenize(List.of(TokenInput.of("Ada Example"))).get(0));
    List<TokenInput> changed = new ArrayList<>();
    for (int i = 0; i < token.length(); i++) {
      for (char other : "0Az.-_=9b ".toCharArray()) {
        if (token.charAt(i) != other) {
          changed.add(TokenInput.of(token.substring(0, i) + other + token.substring(i + 1)));
        }
      }
      changed.add(TokenInput.of(token.substring(0, i)));
    }
    assertAllRefused(tokenizer.detokenize(changed));
  }

  @Test
  void what_does_not_fit_is_refused_by_name_of_the_rule_and_leaves_its_neighbours_alone() {
    ElementTokenizer tokenizer = tokenizer("digits:9", Marking.PLAIN);
    List<TokenOutcome> outcomes = tokenizer.tokenize(List.of(
        TokenInput.of("123456789"),
        TokenInput.of("12345678"),
        TokenInput.of("12345678\u0661"),
        new TokenInput("123456789", Map.of("x", "\uDC00")),
        TokenInput.of("x".repeat(1_000_000)),
        TokenInput.of("987654321")));
    assertThat(outcomes.get(0)).isInstanceOf(TokenOutcome.Token.class);
    assertThat(outcomes.get(1))
        .isEqualTo(new TokenOutcome.Invalid("the value is not 9 digits: its length is wrong"));
    assertThat(outcomes.get(2))
        .isEqualTo(new TokenOutcome.Invalid(
            "the value is not 9 digits: a character is not of its alphabet"));
    assertThat(outcomes.get(3))
        .isEqualTo(new TokenOutcome.Invalid("the context holds an unpaired surrogate"));
    assertThat(outcomes.get(4)).isEqualTo(outcomes.get(1));
    assertThat(outcomes.get(5)).isInstanceOf(TokenOutcome.Token.class);
    assertThat(outcomes.get(0))
        .isEqualTo(tokenizer.tokenize(List.of(TokenInput.of("123456789"))).get(0));
  }

  @Test
  void text_takes_any_unicode_with_NULs_but_no_unpaired_surrogates() {
    ElementTokenizer tokenizer = tokenizer("text", Marking.MARKED);
    List<TokenInput> values = Stream.of(
            "\u0000",
            "a\u0000",
            "\u0000\u0000a\u0000\u0000",
            "pt1.abc",
            "Zoë",
            "e\u0301",
            "\uD83D\uDE00",
            "\uFEFF",
            "x".repeat(256))
        .map(TokenInput::of)
        .toList();
    List<TokenOutcome> back = tokenizer.detokenize(asInputs(tokenizer.tokenize(values), values));
    for (int i = 0; i < values.size(); i++) {
      assertThat(text(back.get(i))).isEqualTo(values.get(i).text());
    }
    assertAllRefused(
        tokenizer.tokenize(Stream.of("", "\uD83D", "a\uDE00b", "x".repeat(257), "é".repeat(129))
            .map(TokenInput::of)
            .toList()));
  }

  @Test
  void a_short_text_makes_a_token_that_fits_a_FHIR_id() {
    ElementTokenizer tokenizer = tokenizer("text", Marking.MARKED);
    TokenOutcome token =
        tokenizer.tokenize(List.of(TokenInput.of("x".repeat(40)))).get(0);
    assertThat(text(token)).matches("[A-Za-z0-9.-]{64}");
  }

  @Test
  void an_SSN_keeps_its_dashes_and_both_ways_of_writing_are_one_number() {
    ElementTokenizer plain = tokenizer("us-ssn:any", Marking.PLAIN);
    String dashed = text(plain.tokenize(List.of(TokenInput.of("123-45-6789"))).get(0));
    String bare = text(plain.tokenize(List.of(TokenInput.of("123456789"))).get(0));
    assertThat(dashed.replace("-", "")).isEqualTo(bare);
    assertAllRefused(plain.tokenize(Stream.of(
            "12-345-6789", "123-456-789", "123-45-678", "123-45-67890", "---------", "123 45 6789")
        .map(TokenInput::of)
        .toList()));
  }

  @Test
  void outcomes_and_inputs_do_not_show_what_they_hold() {
    assertThat(new TokenOutcome.Value("Ada").toString()).doesNotContain("Ada");
    assertThat(new TokenInput("Ada", Map.of("k", "Ada")).toString()).doesNotContain("Ada");
  }

  /** Threat T9: nothing of the order or of the values shows in the tokens. */
  @Test
  void the_tokens_of_consecutive_values_are_spread_evenly() {
    ElementTokenizer tokenizer = tokenizer("digits:9", Marking.PLAIN);
    int[][] counts = new int[9][10];
    for (int batch = 0; batch < 1_000; batch++) {
      List<TokenInput> values = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        values.add(TokenInput.of(String.format("%09d", batch * 500 + i)));
      }
      tokenizer.tokenize(values).forEach(token -> count(text(token), counts));
    }
    for (int[] place : counts) {
      double chiSquare = 0;
      for (int count : place) {
        chiSquare += Math.pow(count - 50_000, 2) / 50_000;
      }
      // 9 degrees of freedom, p = 0.001.
      assertThat(chiSquare).isLessThan(27.88);
    }
  }

  private static void count(String token, int[][] counts) {
    for (int place = 0; place < 9; place++) {
      counts[place][token.charAt(place) - '0']++;
    }
  }

  @Test
  void threads_that_share_a_tokenizer_do_not_disturb_each_other() throws Exception {
    ElementTokenizer tokenizer = tokenizer("alnum:4..30", Marking.PLAIN);
    List<TokenInput> values = Samples.valuesOf("alnum:4..30", 100, 8);
    List<TokenOutcome> expected = tokenizer.tokenize(values);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Boolean>> running = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        running.add(threads.submit(() -> {
          boolean same = true;
          for (int round = 0; round < 200; round++) {
            same &= tokenizer.tokenize(values).equals(expected);
          }
          return same;
        }));
      }
      for (Future<Boolean> same : running) {
        assertThat(same.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void a_tokenizer_ends_with_its_key() {
    DataKey key = Keys.filled(KeyPurpose.TOKENIZE, 5, 1, 5);
    ElementTokenizer tokenizer =
        COMPOSED.tokenizer(key, "north", "ssn", TokenFormat.parse("us-ssn"), Marking.PLAIN);
    key.destroy();
    assertThatThrownBy(() -> tokenizer.tokenize(List.of()))
        .isInstanceOf(KeyDestroyedException.class);
    assertThatThrownBy(() -> tokenizer.detokenize(List.of()))
        .isInstanceOf(KeyDestroyedException.class);
  }

  @Test
  void a_key_for_another_purpose_is_refused() {
    assertThatThrownBy(() -> COMPOSED.tokenizer(
            Keys.encrypt(), "t", "e", TokenFormat.parse("us-ssn"), Marking.PLAIN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<TokenInput> asInputs(List<TokenOutcome> outcomes, List<TokenInput> contexts) {
    List<TokenInput> inputs = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      inputs.add(new TokenInput(text(outcomes.get(i)), contexts.get(i).context()));
    }
    return inputs;
  }

  private static void assertAllRefused(List<TokenOutcome> outcomes) {
    assertThat(outcomes).isNotEmpty().allMatch(TokenOutcome.Invalid.class::isInstance);
  }

  private static String text(TokenOutcome outcome) {
    if (outcome instanceof TokenOutcome.Token token) {
      return token.text();
    }
    if (outcome instanceof TokenOutcome.Value value) {
      return value.text();
    }
    throw new AssertionError(outcome);
  }
}
