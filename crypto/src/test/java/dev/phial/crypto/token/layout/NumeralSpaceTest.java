package dev.phial.crypto.token.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NumeralSpaceTest {
  private static final BigInteger FLOOR = BigInteger.valueOf(1_000_000);

  @Test
  void the_strings_of_a_size_are_even_in_length_and_few_of_them_stand_for_no_number() {
    Random random = new Random(11);
    for (int bits = 0; bits < 256; bits++) {
      BigInteger size = FLOOR.add(new BigInteger(bits, random));
      NumeralSpace space = NumeralSpace.of(size);
      BigInteger strings = BigInteger.valueOf(space.radix()).pow(space.length());
      assertThat(space.length()).isEven();
      assertThat(space.radix()).isBetween(2, 256);
      assertThat(strings).isGreaterThanOrEqualTo(size);
      assertThat(strings.multiply(BigInteger.valueOf(5)))
          .isLessThan(size.multiply(BigInteger.valueOf(6)));
    }
  }

  @Test
  void of_the_longest_texts_a_third_of_the_strings_stand_for_numbers() {
    Random random = new Random(13);
    for (int bits = 256; bits < 2048; bits += 3) {
      BigInteger size = BigInteger.ONE.shiftLeft(bits).add(new BigInteger(bits, random));
      NumeralSpace space = NumeralSpace.of(size);
      BigInteger strings = BigInteger.valueOf(space.radix()).pow(space.length());
      assertThat(strings).isLessThan(size.multiply(BigInteger.valueOf(3)));
    }
  }

  @Test
  void numbers_and_numerals_are_each_other_and_the_size_itself_is_outside() {
    Random random = new Random(12);
    for (int bits = 0; bits < 300; bits++) {
      NumeralSpace space = NumeralSpace.of(FLOOR.add(new BigInteger(bits, random)));
      BigInteger last = space.size().subtract(BigInteger.ONE);
      for (BigInteger number :
          new BigInteger[] {BigInteger.ZERO, BigInteger.ONE, last, last.shiftRight(1)}) {
        byte[] numerals = space.write(number);
        assertThat(space.number(numerals)).isEqualTo(number);
        assertThat(space.holds(numerals)).isTrue();
        if (space.fitsLong()) {
          assertThat(space.longNumber(numerals)).isEqualTo(number.longValueExact());
          assertThat(space.write(number.longValueExact())).isEqualTo(numerals);
        }
      }
      boolean exact = BigInteger.valueOf(space.radix()).pow(space.length()).equals(space.size());
      assertThat(exact || !space.holds(space.write(space.size()))).isTrue();
    }
  }

  /** Frozen: other radixes or lengths would change every token. */
  @Test
  void the_radix_and_length_of_known_sizes_never_change() {
    assertThat(described(888_931_098L)).isEqualTo("173^4");
    assertThat(described(1_000_000L)).isEqualTo("32^4");
    assertThat(described(1L << 32)).isEqualTo("256^4");
    assertThat(described((1L << 32) + 1)).isEqualTo("41^6");
    assertThat(described(200_000_000L)).isEqualTo("119^4");
  }

  private static String described(long size) {
    NumeralSpace space = NumeralSpace.of(BigInteger.valueOf(size));
    return space.radix() + "^" + space.length();
  }
}
