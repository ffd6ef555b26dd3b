package dev.phial.crypto.deid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyDestroyedException;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.crypto.testing.Keys;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DateShiftTest {
  private final FipsModule module = FipsModule.start();
  private final DateShift shift = DateShift.of(module, Keys.tokenize(), "north", "dates");

  private static Map<String, String> patient(int number) {
    return Map.of("patient", "p" + number);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 365, DateShift.MOST_DAYS})
  void no_amount_is_zero_or_beyond_the_limit(int days) {
    for (int i = 0; i < 3_000; i++) {
      assertThat(shift.amount(patient(i), days)).isBetween(-days, days).isNotZero();
    }
  }

  @Test
  void both_ends_and_all_between_occur() {
    Set<Integer> seen = new HashSet<>();
    IntStream.range(0, 1_000).forEach(i -> seen.add(shift.amount(patient(i), 7)));
    assertThat(seen).containsExactlyInAnyOrder(-7, -6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6, 7);
  }

  /** Pearson's statistic over 730 amounts; 99.9999 % of fair samples are below 920, and this sample never changes. */
  @Test
  void no_amount_is_likelier_than_another() {
    int days = 365;
    int samples = 730 * 100;
    int[] counts = new int[2 * days + 1];
    for (int i = 0; i < samples; i++) {
      counts[shift.amount(patient(i), days) + days]++;
    }
    double expected = samples / (2.0 * days);
    double chiSquare = 0;
    for (int amount = -days; amount <= days; amount++) {
      if (amount != 0) {
        double off = counts[amount + days] - expected;
        chiSquare += off * off / expected;
      }
    }
    assertThat(counts[days]).isZero();
    assertThat(chiSquare).isBetween(560.0, 920.0);
  }

  @Test
  void the_same_person_is_always_moved_by_the_same_amount() {
    DateShift again = DateShift.of(module, Keys.tokenize(), "north", "dates");
    for (int i = 0; i < 100; i++) {
      assertThat(again.amount(patient(i), 365)).isEqualTo(shift.amount(patient(i), 365));
    }
  }

  @Test
  void key_tenant_group_and_context_each_give_other_amounts() {
    DataKey other = Keys.filled(KeyPurpose.TOKENIZE, 1, 1, 0x77);
    assertThat(agreeing(DateShift.of(module, other, "north", "dates"))).isLessThan(10);
    assertThat(agreeing(DateShift.of(module, Keys.tokenize(), "south", "dates")))
        .isLessThan(10);
    assertThat(agreeing(DateShift.of(module, Keys.tokenize(), "north", "visits")))
        .isLessThan(10);
    long sameInStudy = IntStream.range(0, 1_000)
        .filter(i -> shift.amount(Map.of("patient", "p" + i, "study", "A7"), 365)
            == shift.amount(patient(i), 365))
        .count();
    assertThat(sameInStudy).isLessThan(10);
  }

  /** Of 1,000 people; by chance 1.4 agree. */
  private long agreeing(DateShift other) {
    return IntStream.range(0, 1_000)
        .filter(i -> other.amount(patient(i), 365) == shift.amount(patient(i), 365))
        .count();
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, DateShift.MOST_DAYS + 1, Integer.MAX_VALUE})
  void a_limit_out_of_bounds_is_refused(int days) {
    assertThatThrownBy(() -> shift.amount(patient(1), days))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3650");
  }

  @Test
  void an_unpaired_surrogate_names_nobody() {
    assertThatThrownBy(() -> shift.amount(Map.of("patient", "\ud800"), 365))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shifts_end_with_their_key() {
    DataKey key = Keys.filled(KeyPurpose.TOKENIZE, 1, 1, 8);
    DateShift ended = DateShift.of(module, key, "north", "dates");
    key.destroy();
    assertThatThrownBy(() -> ended.amount(patient(1), 365))
        .isInstanceOf(KeyDestroyedException.class);
  }

  @Test
  void a_key_for_another_purpose_is_refused() {
    assertThatThrownBy(() -> DateShift.of(module, Keys.index(), "t", "g"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
