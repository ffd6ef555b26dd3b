package dev.phial.crypto.token.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.Normalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PatternTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{d7 | at character 1: a brace is not closed",
        "A}{d7} | at character 2: write \\} for the character itself",
        "{q7} | at character 1: there is no class of characters 'q'",
        "{d0} | at character 1: a length is from 1 to 256",
        "{d9..7} | at character 1: a length is from 1 to 256",
        "{d-7} | at character 1: {d-7} is no item",
        "{[z-a]6} | at character 1: a range runs backwards",
        "{[aa]6} | at character 1: an alphabet has each symbol once",
        "{d4..7}-{d2..3} | at character 9: only one item may have a range of lengths",
        "{d7}{luhn}{luhn} | at character 11: there is a check digit already",
        "{d200}{A200} | at character 1: its texts can be longer than 256 characters",
        "\uD83D\uDE00{d7} | at character 1: characters beyond the basic multilingual plane"
      })
  void a_problem_is_told_with_its_place(String pattern, String problem) {
    assertThatThrownBy(() -> Pattern.parse(pattern))
        .isInstanceOf(PatternException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void all_problems_are_told_at_once() {
    assertThatThrownBy(() -> Pattern.parse("{q7}-{d0}-{luhn}{dea}"))
        .hasMessageContaining("at character 1: ")
        .hasMessageContaining("at character 6: ")
        .hasMessageContaining("at character 17: ");
  }

  @Test
  void a_set_counts_the_same_in_whatever_order_it_is_written() {
    Written one = (Written) Pattern.parse("{[A-CX-Z]12}").read("AXBYCZAXBYCZ");
    Written other = (Written) Pattern.parse("{[ZYXCBA]12}").read("AXBYCZAXBYCZ");
    assertThat(one.numerals()).isEqualTo(other.numerals());
  }

  @Test
  void published_check_digits_are_right() {
    assertThat(new Luhn("").digit("79927398710", 10)).isEqualTo('3');
    assertThat(new Luhn("80840").digit("1234567890", 9)).isEqualTo('3');
    assertThat(new DeaCheck().digit("F91234563", 8)).isEqualTo('3');
  }

  @Test
  void a_luhn_digit_may_stand_anywhere_and_there_is_one_that_fits() {
    String number = "4111111111111111";
    for (int at = 0; at < number.length(); at++) {
      assertThat(new Luhn("").digit(number, at)).isEqualTo(number.charAt(at));
    }
  }

  /** Nothing is normalized, so what is written must be normal already, whatever stands beside what. */
  @ParameterizedTest
  @EnumSource(Script.class)
  void the_letters_of_a_script_stay_in_NFC_in_any_order(Script script) {
    String letters = script.letters().all();
    for (int i = 0; i < letters.length(); i++) {
      for (int j = 0; j < letters.length(); j++) {
        String pair = "" + letters.charAt(i) + letters.charAt(j);
        assertThat(Normalizer.isNormalized(pair, Normalizer.Form.NFC)).isTrue();
      }
    }
    assertThat(script.capitals().all().chars()).allMatch(Character::isUpperCase);
    assertThat(script.small().all().chars()).allMatch(Character::isLowerCase);
  }

  /** Frozen: another order would change every token. */
  @Test
  void the_alphabets_never_change() {
    assertThat(Script.ASCII.letters().all()).hasSize(52);
    assertThat(Script.LATIN.letters().all()).hasSize(240);
    assertThat(Script.GREEK.letters().all()).hasSize(69);
    assertThat(Script.CYRILLIC.letters().all()).hasSize(98);
    int hash = (Script.LATIN.letters().all()
            + Script.GREEK.letters().all()
            + Script.CYRILLIC.letters().all())
        .hashCode();
    assertThat(hash).isEqualTo(23007092);
  }
}
