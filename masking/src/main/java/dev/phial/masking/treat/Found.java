package dev.phial.masking.treat;

import dev.phial.masking.LogElement;
import org.jspecify.annotations.Nullable;

/**
 * A finding that is kept until its replacement is known.
 *
 * @param from where it begins in the event
 * @param to where it ends
 * @param quoteFrom where the quotes stand that its label needs; the same as {@code quoteTo} when it needs none
 * @param quoteTo their end
 * @param element what it is
 * @param value the value, decoded; null when it cannot be known
 */
record Found(
    int from,
    int to,
    int quoteFrom,
    int quoteTo,
    LogElement element,
    @Nullable String value) {

  /** Without the value. */
  @Override
  public String toString() {
    return "Found[" + element.name() + "]";
  }
}
