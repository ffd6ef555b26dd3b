package dev.phial.crypto.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.fips.FipsModule;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RandomTokensTest {
  private static final SecureRandom RANDOM = FipsModule.start().random();

  private static RandomTokens of(String spec) {
    return RandomTokens.of(TokenFormat.parse(spec, Marking.MARKED), RANDOM);
  }

  @ParameterizedTest
  @CsvSource({
    "digits:5, 02139",
    "us-ssn, 536-27-8841",
    "npi, 1234567893",
    "mbi, 1EG4-TE5-MK73",
    "email, ana.meyer@clinic.example",
    "uuid, 123e4567-e89b-12d3-a456-426614174000",
    "ipv4, 10.1.2.3"
  })
  void a_token_has_the_form_of_its_value_and_is_not_the_value(String spec, String value) {
    RandomTokens tokens = of(spec);
    TokenFormat format = TokenFormat.parse(spec, Marking.MARKED);
    Set<String> drawn = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      String token = tokens.draw(value);
      assertThat(format.accepts(token)).isTrue();
      assertThat(token).isNotEqualTo(value);
      drawn.add(token);
    }
    assertThat(drawn).hasSizeGreaterThan(190);
  }

  @Test
  void tokens_are_drawn_evenly() {
    RandomTokens tokens = of("digits:4");
    int[] counts = new int[100];
    for (int i = 0; i < 100_000; i++) {
      counts[Integer.parseInt(tokens.draw("0000")) / 100]++;
    }
    double sum = 0;
    for (int count : counts) {
      sum += (count - 1000.0) * (count - 1000.0) / 1000.0;
    }
    // 99 degrees of freedom, p = 0.00001; the value itself, never drawn, weighs nothing here.
    assertThat(sum).isLessThan(171);
  }

  @Test
  void an_opaque_token_is_recognized_and_takes_any_value() {
    RandomTokens opaque = RandomTokens.opaque(RANDOM);
    Set<String> drawn = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      drawn.add(opaque.draw("whatever \u0000"));
    }
    assertThat(drawn).hasSize(1_000).allMatch(RandomTokens::looksOpaque);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "vt1.",
        "vt1.0123456789abcdefghjkmnpqr",
        "vt1.0123456789abcdefghjkmnpqrst",
        "vt1.0123456789abcdefghjkmnpqri",
        "VT1.0123456789abcdefghjkmnpqrs"
      })
  void other_texts_are_not_taken_for_opaque_tokens(String text) {
    assertThat(RandomTokens.looksOpaque(text)).isFalse();
  }

  @Test
  void a_format_with_too_few_tokens_is_refused_with_advice() {
    assertThatThrownBy(() -> of("digits:3"))
        .isInstanceOf(TokenFormatException.class)
        .hasMessageContaining("only 1,000 possible tokens")
        .hasMessageContaining("format: opaque");
    assertThatThrownBy(() -> of("text")).hasMessageContaining("keeps no form");
  }

  @Test
  void a_value_that_does_not_fit_is_refused_without_a_word_of_it() {
    RandomTokens tokens = of("us-ssn");
    assertThat(tokens.misfit("000-12-3456").orElseThrow()).doesNotContain("3456");
    assertThatThrownBy(() -> tokens.draw("000-12-3456"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("3456");
  }

  /** A generator that was stuck must not hang who waits for it. */
  @Test
  void a_generator_that_repeats_itself_is_given_up() {
    SecureRandom stuck = new SecureRandom() {
      private static final long serialVersionUID = 1L;

      @Override
      public void nextBytes(byte[] bytes) {
        java.util.Arrays.fill(bytes, (byte) 0);
      }
    };
    RandomTokens tokens = RandomTokens.of(TokenFormat.parse("digits:6"), stuck);
    assertThat(tokens.draw("123456")).isEqualTo("000000");
    assertThatThrownBy(() -> tokens.draw("000000")).isInstanceOf(IllegalStateException.class);
  }
}
