package dev.phial.crypto.deid;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.regex.Pattern;

/**
 * Numbers as the nearest multiple of a step; from halfway on, the one farther from zero.
 *
 * @param step 1 or more
 */
public record NumberSteps(int step) implements Generalizer {
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}(\\.\\d{1,18})?");

  public NumberSteps {
    if (step < 1) {
      throw new IllegalArgumentException("a step is 1 or more");
    }
  }

  @Override
  public String rule() {
    return "round";
  }

  @Override
  public Generalized apply(String text, LocalDate today) {
    if (!NUMBER.matcher(text).matches()) {
      return new Generalized.Invalid("takes a number of up to 18 digits, such as 172 or 36.6");
    }
    BigDecimal size = BigDecimal.valueOf(step);
    BigDecimal steps = new BigDecimal(text).divide(size, 0, RoundingMode.HALF_UP);
    return new Generalized.Coarse(steps.multiply(size).toBigInteger().toString());
  }
}
