package dev.phial.crypto.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.testing.Keys;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IndexRuleTest {
  private final FipsModule module = FipsModule.start();

  private static IndexRule rule(int bits, Normalizer... normalizers) {
    return new IndexRule(Set.of(normalizers), bits);
  }

  private String digest(IndexRule rule, String value) {
    return BlindIndex.of(module, Keys.index(), "north", "family_name", rule)
        .digest(value.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "CASE,Groß,GROSS",
    "CASE,Σίσυφος,ΣΊΣΥΦΟΣ",
    "CASE,İpek,ipek",
    "CASE,ﬁt,FIT",
    "ACCENTS,Müller,Muller",
    "ACCENTS,Nguyễn,Nguyen",
    "PUNCTUATION,O'Neil-Smith,ONeilSmith",
    "PUNCTUATION,O’Neil–Smith,ONeilSmith",
    "SPACES,van der Berg,vanderBerg",
    "DIGITS,+1 (508) 555-0199,15085550199",
    "DIGITS,٥٠٨,508"
  })
  void a_rule_ignores_what_it_is_named_for(Normalizer normalizer, String one, String other) {
    if (normalizer == Normalizer.CASE && one.startsWith("İ")) {
      IndexRule both = rule(256, Normalizer.CASE, Normalizer.ACCENTS);
      assertThat(digest(both, one)).isEqualTo(digest(both, other));
      return;
    }
    assertThat(digest(rule(256, normalizer), one)).isEqualTo(digest(rule(256, normalizer), other));
    assertThat(digest(IndexRule.EXACT, one)).isNotEqualTo(digest(IndexRule.EXACT, other));
  }

  @ParameterizedTest
  @CsvSource({
    "CASE,Muller,Müller",
    "ACCENTS,muller,Muller",
    "SPACES,O'Neil,ONeil",
    "PUNCTUATION,a b,ab",
    "ACCENTS,Søren,Soren"
  })
  void a_rule_ignores_nothing_else(Normalizer normalizer, String one, String other) {
    assertThat(digest(rule(256, normalizer), one))
        .isNotEqualTo(digest(rule(256, normalizer), other));
  }

  @Test
  void composed_and_decomposed_letters_are_equal_under_every_rule() {
    for (Normalizer normalizer : Normalizer.values()) {
      assertThat(digest(rule(256, normalizer), "Ame\u0301lie 1"))
          .isEqualTo(digest(rule(256, normalizer), "Am\u00e9lie 1"));
    }
  }

  @Test
  void every_combination_of_rules_makes_a_family_of_its_own() {
    Set<String> bodies = new HashSet<>();
    int families = 0;
    for (int chosen = 0; chosen < 32; chosen++) {
      int mask = chosen;
      Normalizer[] all = Normalizer.values();
      Normalizer[] some = IntStream.range(0, all.length)
          .filter(i -> (mask & 1 << i) != 0)
          .mapToObj(i -> all[i])
          .toArray(Normalizer[]::new);
      for (int bits : new int[] {64, 65, 256}) {
        String digest = digest(rule(bits, some), "7");
        bodies.add(digest.substring(digest.lastIndexOf(':') + 1).substring(0, 10));
        families++;
      }
    }
    assertThat(bodies).as("no digest is the beginning of another").hasSize(families);
  }

  @ParameterizedTest
  @CsvSource({"16,3", "17,4", "24,4", "32,6", "64,11", "128,22", "255,43", "256,43"})
  void a_digest_has_as_many_bits_as_the_rule_says(int bits, int characters) {
    assertThat(digest(rule(bits, Normalizer.CASE), "Achterberg"))
        .matches("ix2:c1/" + bits + ":[A-Za-z0-9_-]{" + characters + "}");
  }

  @Test
  void seventeen_bits_leave_the_other_seven_of_the_last_byte_zero() {
    for (int i = 0; i < 200; i++) {
      String digest = digest(rule(17), "value " + i);
      byte[] bytes = java.util.Base64.getUrlDecoder().decode(digest.substring("ix2:/17:".length()));
      assertThat(bytes).hasSize(3);
      assertThat(bytes[2] & 0x7F).isZero();
    }
  }

  @Test
  void exact_values_and_whole_digests_keep_the_form_of_before() {
    assertThat(digest(IndexRule.EXACT, "Achterberg"))
        .isEqualTo(BlindIndex.of(module, Keys.index(), "north", "family_name")
            .digest("Achterberg".getBytes(StandardCharsets.UTF_8)))
        .startsWith("ix1:");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 15, 257, 1024})
  void other_lengths_are_refused(int bits) {
    assertThatThrownBy(() -> rule(bits)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_value_of_which_nothing_is_left_has_no_digest() {
    assertThat(digest(rule(64, Normalizer.DIGITS), "unknown")).isEmpty();
    assertThat(digest(rule(64, Normalizer.SPACES), " \t\u00a0")).isEmpty();
    assertThat(digest(rule(64), "")).as("nothing is ignored").isNotEmpty();
  }

  @Test
  void bytes_that_are_no_text_are_refused_when_something_is_to_be_ignored() {
    BlindIndex index = BlindIndex.of(module, Keys.index(), "n", "e", rule(64, Normalizer.CASE));
    assertThatThrownBy(() -> index.digest(new byte[] {(byte) 0xC0, (byte) 0xB1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("192");
  }

  @Test
  void the_permanent_ids_are_what_they_were() {
    assertThat(Stream.of(Normalizer.values()).map(Normalizer::id))
        .containsExactly("a1", "c1", "p1", "s1", "d1");
  }

  @Test
  void the_stated_rate_of_false_matches_is_the_one_that_occurs() {
    IndexRule rule = rule(16);
    int values = 4_000;
    BlindIndex index = BlindIndex.of(module, Keys.index(), "north", "e", rule);
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < values; i++) {
      counts.merge(index.digest(("v" + i).getBytes(StandardCharsets.UTF_8)), 1, Integer::sum);
    }
    double found = counts.values().stream().mapToInt(n -> n * (n - 1)).sum() / (double) values;
    assertThat(rule.collisionRate()).isEqualTo(1.0 / 65_536);
    assertThat(rule.falseMatches(values)).isCloseTo(0.061, within(0.001));
    assertThat(found).isCloseTo(rule.falseMatches(values), within(0.03));
  }
}
