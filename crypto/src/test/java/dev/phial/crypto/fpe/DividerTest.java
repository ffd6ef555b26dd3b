package dev.phial.crypto.fpe;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DividerTest {
  private static final long[] EDGES = {
    0, 1, 2, 9, 10, (1L << 32) - 1, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE, -2, -1
  };

  @Test
  void division_is_exact_for_every_size_of_divisor() {
    SplittableRandom random = new SplittableRandom(5);
    for (int bits = 2; bits <= 62; bits++) {
      for (int i = 0; i < 200; i++) {
        long divisor = Math.max(2, random.nextLong(1L << (bits - 1), 1L << bits));
        check(divisor, random.nextLong(), random.nextLong());
        check(divisor, EDGES[random.nextInt(EDGES.length)], EDGES[random.nextInt(EDGES.length)]);
        check(divisor, divisor - 1, -1);
        check(divisor, divisor, divisor);
        check(divisor, 0, divisor - 1);
      }
    }
    check(1L << 62, -1, -1);
    check(2, -1, -1);
  }

  private static void check(long divisor, long high, long low) {
    Divider divider = new Divider(divisor);
    assertThat(divider.quotient(low)).isEqualTo(Long.divideUnsigned(low, divisor));
    assertThat(divider.remainder(low)).isEqualTo(Long.remainderUnsigned(low, divisor));
    BigInteger both = unsigned(high).shiftLeft(64).add(unsigned(low));
    assertThat(divider.remainder(high, low))
        .isEqualTo(both.mod(BigInteger.valueOf(divisor)).longValueExact());
  }

  private static BigInteger unsigned(long value) {
    return new BigInteger(Long.toUnsignedString(value));
  }
}
