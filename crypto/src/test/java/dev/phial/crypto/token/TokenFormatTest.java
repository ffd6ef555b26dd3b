package dev.phial.crypto.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenFormatTest {

  @ParameterizedTest
  @CsvSource({
    "digits:7..12, 7 to 12 digits",
    "digits:9, 9 digits",
    "alnum:4..64, 4 to 64 characters of 0-9A-Za-z",
    "alnum-upper:4..20, 4 to 20 characters of 0-9A-Z",
    "alnum-lower:4..20, 4 to 20 characters of 0-9a-z",
    "hex:5..256, 5 to 256 characters of 0-9a-f",
    "us-ssn:any, ddd-dd-dddd or 9 digits",
    "us-ssn, 'a social security number, ddd-dd-dddd or 9 digits'",
    "uuid, 'a UUID in lower case, 8-4-4-4-12'",
    "text, text of 1 to 256 bytes of UTF-8",
    "text:1..40, text of 1 to 40 bytes of UTF-8"
  })
  void a_format_keeps_its_spec_and_states_its_domain(String spec, String domain) {
    TokenFormat format = TokenFormat.parse(spec);
    assertThat(format.spec()).isEqualTo(spec);
    assertThat(format.domain()).isEqualTo(domain);
    assertThat(format).isEqualTo(TokenFormat.parse(spec)).hasToString(spec);
  }

  /** Threat T8: ZIP codes, years, ages, last four digits and the like have no FF1. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "digits:5",
        "digits:3..9",
        "digits:4",
        "digits:1..256",
        "alnum:3..9",
        "alnum-upper:3",
        "alnum-lower:2..4",
        "hex:4..8",
        "hex:1"
      })
  void a_domain_below_the_floor_is_refused_with_advice_and_taken_with_a_mark(String spec) {
    assertThatThrownBy(() -> TokenFormat.parse(spec, Marking.PLAIN))
        .isInstanceOf(TokenFormatException.class)
        .hasMessageContaining(spec)
        .hasMessageContaining("1,000,000")
        .hasMessageContaining("marked")
        .hasMessageContaining("generalize");
    assertThat(TokenFormat.parse(spec, Marking.MARKED).spec()).isEqualTo(spec);
  }

  @Test
  void text_is_taken_with_a_mark_only() {
    assertThatThrownBy(() -> TokenFormat.parse("text", Marking.PLAIN))
        .isInstanceOf(TokenFormatException.class)
        .hasMessageContaining("marked");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "digit:7..12",
        "digits",
        "digits:",
        "digits:7..",
        "digits:12..7",
        "digits:0..9",
        "digits:7..257",
        "digits:7-12",
        "digits:99999999999",
        "us-ssn:9",
        "uuid:32",
        "text:0..5",
        "text:1..257",
        "DIGITS:7",
        " digits:7",
        "digits:7 ",
        "ff3:9"
      })
  void what_is_not_a_format_is_refused_with_what_to_write(String spec) {
    assertThatThrownBy(() -> TokenFormat.parse(spec, Marking.MARKED))
        .isInstanceOf(TokenFormatException.class)
        .hasMessageContaining(spec);
  }
}
