package dev.phial.crypto.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fpe.Ff1Domain;
import dev.phial.crypto.fpe.Ff1Engine;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.crypto.testing.Keys;
import dev.phial.crypto.token.layout.Luhn;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every format promises: tokens of its form, values that come back, even spread, both engines alike, exact refusals. */
class FormatsTest {
  private static final TokenizerFactory COMPOSED =
      new TokenizerFactory(FipsModule.start(), Ff1Engine.COMPOSED);
  private static final TokenizerFactory MODULE =
      new TokenizerFactory(FipsModule.start(), Ff1Engine.MODULE);

  private static ElementTokenizer tokenizer(
      TokenizerFactory factory, String spec, Marking marking) {
    return factory.tokenizer(
        Keys.tokenize(), "north", "number", TokenFormat.parse(spec, marking), marking);
  }

  static Stream<Arguments> seeds() {
    return Seeds.all().stream();
  }

  // What us-ssn:invalid makes is a token, and never a value.
  private static List<String> values(String spec, String value, int count) {
    String valuesOf = spec.equals("us-ssn:invalid") ? "us-ssn" : spec;
    return Seeds.like(TokenFormat.parse(valuesOf), value, count, spec.hashCode());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void values_come_back_and_their_tokens_have_their_form(String spec, String value, String form) {
    ElementTokenizer tokenizer = tokenizer(COMPOSED, spec, Marking.PLAIN);
    TokenFormat format = TokenFormat.parse(spec);
    List<String> values = new ArrayList<>(values(spec, value, 500));
    values.add(value);
    List<String> tokens = texts(tokenizer.tokenize(inputs(values)));
    assertThat(tokens).allMatch(token -> token.matches(form)).doesNotHaveDuplicates();
    assertThat(texts(tokenizer.detokenize(inputs(tokens)))).isEqualTo(values);
    if (!spec.equals("us-ssn:invalid")) {
      assertThat(tokens).allMatch(format::accepts);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void both_engines_make_the_same_tokens(String spec, String value, String form) {
    List<TokenInput> values = inputs(values(spec, value, 30));
    List<TokenOutcome> tokens = tokenizer(COMPOSED, spec, Marking.PLAIN).tokenize(values);
    assertThat(tokenizer(MODULE, spec, Marking.PLAIN).tokenize(values)).isEqualTo(tokens);
    assertThat(tokenizer(MODULE, spec, Marking.PLAIN).detokenize(inputs(texts(tokens))))
        .isEqualTo(tokenizer(COMPOSED, spec, Marking.PLAIN).detokenize(inputs(texts(tokens))));
    assertThat(texts(tokens)).allMatch(token -> token.matches(form));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void with_a_mark_values_come_back_too_and_keep_nothing(String spec, String value, String form) {
    ElementTokenizer tokenizer = tokenizer(COMPOSED, spec, Marking.MARKED);
    List<String> values = values(spec, value, 100);
    List<String> tokens = texts(tokenizer.tokenize(inputs(values)));
    assertThat(tokens)
        .allMatch(token -> token.matches("pt1\\.[A-Za-z0-9.-]+"))
        .noneMatch(token -> token.matches(form));
    assertThat(texts(tokenizer.detokenize(inputs(tokens)))).isEqualTo(values);
  }

  /** Threat T13. */
  @ParameterizedTest
  @MethodSource("seeds")
  void a_token_tokenized_again_comes_back_in_two_steps_or_is_refused(
      String spec, String value, String form) {
    ElementTokenizer tokenizer = tokenizer(COMPOSED, spec, Marking.PLAIN);
    String once = text(tokenizer.tokenize(inputs(List.of(value))).get(0));
    TokenOutcome again = tokenizer.tokenize(inputs(List.of(once))).get(0);
    if (spec.equals("us-ssn:invalid")) {
      assertThat(again).isInstanceOf(TokenOutcome.Invalid.class);
    } else {
      assertThat(text(again)).matches(form);
      assertThat(texts(tokenizer.detokenize(inputs(List.of(text(again)))))).containsExactly(once);
    }
  }

  /** Threat T9. */
  @ParameterizedTest
  @MethodSource("seeds")
  void two_tenants_two_elements_two_versions_make_different_tokens(
      String spec, String value, String form) {
    Set<String> tokens = new HashSet<>();
    int made = 0;
    for (int version = 1; version <= 2; version++) {
      DataKey key = Keys.filled(KeyPurpose.TOKENIZE, 1, version, version);
      for (String owner : List.of("north ssn", "north mrn", "south ssn", "south mrn")) {
        String[] names = owner.split(" ", -1);
        ElementTokenizer tokenizer =
            COMPOSED.tokenizer(key, names[0], names[1], TokenFormat.parse(spec), Marking.PLAIN);
        tokens.add(text(tokenizer.tokenize(inputs(List.of(value))).get(0)));
        made++;
      }
    }
    assertThat(tokens).hasSize(made).allMatch(token -> token.matches(form));
  }

  /** Threat T12. Of unmarked tokens any text of the format is a token: nothing can tell. */
  @ParameterizedTest
  @MethodSource("seeds")
  void no_marked_token_of_another_tenant_comes_back(String spec, String value, String form) {
    TokenFormat format = TokenFormat.parse(spec, Marking.MARKED);
    ElementTokenizer north = tokenizer(COMPOSED, spec, Marking.MARKED);
    ElementTokenizer south =
        COMPOSED.tokenizer(Keys.tokenize(), "south", "number", format, Marking.MARKED);
    List<String> tokens = texts(north.tokenize(inputs(values(spec, value, 2_100))));
    assertThat(tokens).noneMatch(token -> token.matches(form));
    assertThat(south.detokenize(inputs(tokens)))
        .hasSize(2_100)
        .allMatch(TokenOutcome.Invalid.class::isInstance);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void each_value_hides_among_a_million_tokens_at_least(String spec, String value, String form) {
    TokenFormat format = TokenFormat.parse(spec);
    BigInteger floor = BigInteger.valueOf(Ff1Domain.FLOOR);
    assertThat(format.domainSize()).isGreaterThanOrEqualTo(floor);
    TokenSpace space = format.tokensLike(value);
    assertThat(space.size()).isGreaterThanOrEqualTo(format.domainSize());
    assertThat(space.token(BigInteger.ZERO)).matches(form);
    assertThat(space.token(space.size().subtract(BigInteger.ONE))).matches(form);
    assertThatThrownBy(() -> space.token(space.size()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void what_is_kept_makes_for_another_permutation() {
    ElementTokenizer cards = tokenizer(COMPOSED, "card:16:bin6", Marking.PLAIN);
    List<String> tokens =
        texts(cards.tokenize(inputs(List.of(card("411111000000000"), card("550000000000000")))));
    assertThat(tokens.get(0).substring(6, 15)).isNotEqualTo(tokens.get(1).substring(6, 15));
    ElementTokenizer mail = tokenizer(COMPOSED, "email", Marking.PLAIN);
    List<String> addresses = texts(mail.tokenize(
        inputs(List.of("jo.example@a.example", "jo.example@b.example", "jo.example@A.example"))));
    assertThat(addresses.get(0).substring(0, 10)).isNotEqualTo(addresses.get(1).substring(0, 10));
    assertThat(addresses.get(0).substring(0, 10)).isEqualTo(addresses.get(2).substring(0, 10));
  }

  private static String card(String digits) {
    return digits + new Luhn("").digit(digits + "0", digits.length());
  }

  @Test
  void punctuation_makes_no_difference_to_the_digits() {
    ElementTokenizer phones = tokenizer(COMPOSED, "phone-us", Marking.PLAIN);
    List<String> tokens = texts(phones.tokenize(
        inputs(List.of("2125550100", "(212) 555-0100", "+1 212 555 0100", "12125550100"))));
    Set<String> digits = new HashSet<>();
    tokens.forEach(token -> digits.add(token.replaceAll("[^0-9]", "").replaceAll("^1", "")));
    assertThat(digits).hasSize(1);
  }

  @Test
  void equal_hidden_domains_have_equal_tokens_whatever_stands_before_them() {
    List<String> tokens = texts(tokenizer(COMPOSED, "email:hide-domain", Marking.PLAIN)
        .tokenize(
            inputs(List.of("jo.ab@clinic.example", "ada@clinic.example", "jo.ab@other.example"))));
    assertThat(domain(tokens.get(0))).isEqualTo(domain(tokens.get(1)));
    assertThat(domain(tokens.get(0))).isNotEqualTo(domain(tokens.get(2)));
  }

  private static String domain(String address) {
    return address.substring(address.indexOf('@'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "us-ssn | 000-12-3456 | its area number is never issued",
        "us-ssn | 666-12-3456 | its area number is never issued",
        "us-ssn | 900123456 | its area number is never issued",
        "us-ssn | 123-00-3456 | its group number is never issued",
        "us-ssn | 123-12-0000 | its serial number is never issued",
        "us-ssn | 123-12-00000 | its length is wrong",
        "us-ssn | 12-312-0000 | a character is not of its alphabet",
        "us-ssn | 123-12x0001 | a separator or fixed character is not where it belongs",
        "npi | 1234567890 | its check digit is wrong",
        "npi | 3234567893 | a character is not of its alphabet",
        "npi | 123456789 | its length is wrong",
        "dea | AB1234564 | its check digit is wrong",
        "dea | A-1234563 | a character is not of its alphabet",
        "mbi | 1SG4TE5MK73 | a character is not of its alphabet",
        "card | 4111111111111112 | its check digit is wrong",
        "card | 41111111 | its length is wrong",
        "card:16:bin6 | 4111 1111 1111 11\u06611 | a character is not of its alphabet",
        "phone | +0123456789 | its country code does not exist",
        "phone | 442079460958 | a separator or fixed character is not where it belongs",
        "phone | +4412345 | its length is wrong",
        "phone | +1 112 555 0100 | a character is not of its alphabet",
        "phone-us | 2125550100 ext 5 | its length is wrong",
        "email | ada | what follows the @ is no domain name",
        "email | a..b@clinic.example | what precedes the @ is no local part",
        "email | zo\u00eb@clinic.example | what precedes the @ is no local part",
        "email | a.b@clinic.example | so few of its characters can change that there are less than 1,000,000 tokens for it",
        "name:ascii | Zo\u00eb | a character is not of its alphabet",
        "name:latin | Zoe\u0308example | it is not in Unicode normalization form NFC",
        "name:latin | D'A | so few of its characters can change that there are less than 1,000,000 tokens for it",
        "ipv4 | 192.0.2.256 | a character is not of its alphabet",
        "ipv4 | 192.0.2.017 | it is not written in its canonical form",
        "ipv6 | 2001:0db8::1 | it is not written in its canonical form",
        "ipv6 | 2001:DB8::1 | it is not written in its canonical form",
        "ipv6 | 2001:db8:::1 | a character is not of its alphabet",
        "ipv6 | 1:2:3:4:5:6:7 | a character is not of its alphabet",
        "uuid | 00112233-4455-6677-8899-aabbccddeefg | a character is not of its alphabet",
        "pattern:MRN-{d7}-{luhn} | MRN-1234567-0 | its check digit is wrong",
        "pattern:MRN-{d7}-{luhn} | MRX-1234567-4 | a separator or fixed character is not where it belongs"
      })
  void a_refusal_names_the_rule_and_never_the_value(String spec, String value, String rule) {
    TokenFormat format = TokenFormat.parse(spec);
    TokenOutcome outcome = tokenizer(COMPOSED, spec, Marking.PLAIN)
        .tokenize(inputs(List.of(value)))
        .get(0);
    assertThat(outcome)
        .isEqualTo(new TokenOutcome.Invalid("the value is not " + format.domain() + ": " + rule));
    assertThat(outcome.toString()).doesNotContain(value);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void hostile_values_are_refused_and_their_neighbours_are_not(
      String spec, String value, String form) {
    List<String> hostile = new ArrayList<>(List.of(
        "",
        "\0",
        value + "\0",
        "\0" + value,
        value + "\n",
        "\uD800",
        value + "\uDFFF",
        value.substring(1) + "\uD83D",
        "\uD83D\uDE00",
        "x".repeat(10_000_000),
        "\u0661".repeat(9),
        "@",
        "+",
        ":::",
        "....",
        "-",
        "\u202E" + value));
    int last = hostile.size();
    hostile.add(value);
    for (Marking marking : Marking.values()) {
      List<TokenOutcome> outcomes = tokenizer(COMPOSED, spec, marking).tokenize(inputs(hostile));
      assertThat(outcomes.subList(0, last))
          .allSatisfy(outcome -> assertThat(outcome)
              .isInstanceOf(TokenOutcome.Invalid.class)
              .asString()
              .hasSizeLessThan(400)
              .satisfies(message ->
                  assertThat(value.length() < 3 || !message.contains(value)).isTrue()));
      assertThat(outcomes.get(last)).isInstanceOf(TokenOutcome.Token.class);
    }
    assertThat(
            tokenizer(COMPOSED, spec, Marking.PLAIN).detokenize(inputs(hostile)).subList(0, last))
        .allMatch(TokenOutcome.Invalid.class::isInstance);
    assertThat(form).isNotEmpty();
  }

  @Test
  void an_unpaired_surrogate_is_called_by_its_name() {
    assertThat(TokenFormat.parse("name:latin").misfit("Ada\uD83D").orElseThrow())
        .endsWith("it holds an unpaired surrogate");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "card:16:bin6:last4",
        "card:bin8",
        "ipv4:/16",
        "ipv6:/109",
        "letters:3",
        "latin:2..9",
        "pattern:{d5}",
        "pattern:MRN{=d9}{d4}",
        "pattern:{d5}{luhn}",
        "pattern:{A4..9}"
      })
  void what_leaves_too_few_possibilities_is_refused_with_advice(String spec) {
    assertThatThrownBy(() -> TokenFormat.parse(spec, Marking.PLAIN))
        .isInstanceOf(TokenFormatException.class)
        .hasMessageContaining(spec)
        .hasMessageContaining("1,000,000")
        .hasMessageContaining("marked");
    assertThat(TokenFormat.parse(spec, Marking.MARKED).spec()).isEqualTo(spec);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "card:12",
        "card:16:bin7",
        "card:last4:last4",
        "card:",
        "phone:us",
        "email:keep",
        "name",
        "name:klingon",
        "name:",
        "ipv4:8",
        "ipv4:/32",
        "ipv4:/0",
        "ipv6:/128",
        "npi:10",
        "us-ssn:9",
        "letters",
        "latin:0",
        "pattern:",
        "us-ssn:"
      })
  void what_is_no_format_is_refused_by_its_name(String spec) {
    assertThatThrownBy(() -> TokenFormat.parse(spec, Marking.MARKED))
        .isInstanceOf(TokenFormatException.class)
        .hasMessageContaining(spec);
  }

  private static List<TokenInput> inputs(List<String> texts) {
    return texts.stream().map(TokenInput::of).toList();
  }

  private static List<String> texts(List<TokenOutcome> outcomes) {
    return outcomes.stream().map(FormatsTest::text).toList();
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
