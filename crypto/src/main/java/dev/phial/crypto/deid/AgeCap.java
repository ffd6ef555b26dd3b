package dev.phial.crypto.deid;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.regex.Pattern;

/**
 * Ages in years: up to 89 as whole years, above in one category. An age of 89 years and 11 months is 89, as birthdays count.
 *
 * @param over what stands for the category
 */
public record AgeCap(Over89 over) implements Generalizer {
  private static final Pattern AGE = Pattern.compile("\\d{1,3}(\\.\\d{1,18})?");
  private static final BigDecimal CAP = BigDecimal.valueOf(90);

  @Override
  public String rule() {
    return "age-90";
  }

  @Override
  public Generalized apply(String text, LocalDate today) {
    if (text.equals(Over89.TEXT)) {
      return over.category();
    }
    if (!AGE.matcher(text).matches()) {
      return new Generalized.Invalid("takes an age in years, such as 47 or 0.5");
    }
    BigDecimal age = new BigDecimal(text);
    return age.compareTo(CAP) >= 0
        ? over.category()
        : new Generalized.Coarse(String.valueOf(age.intValue()));
  }
}
