package dev.phial.gateway.policy;

/**
 * How a value is masked: its ends kept, every other letter or digit replaced. A value not longer than what would be kept is
 * replaced whole.
 *
 * @param keepFirst how many letters or digits stay at the start, 0 or more
 * @param keepLast how many stay at the end, 0 or more
 * @param with the replacement, one printable character
 */
public record Mask(int keepFirst, int keepLast, char with) {

  /** Nothing kept, and not even the length shown. */
  public static final Mask ALL = new Mask(0, 0, '*');

  /** Masks {@code value}. With nothing kept the answer is always of the same length, so that not even the length shows. */
  public String apply(String value) {
    if (keepFirst + keepLast == 0) {
      return String.valueOf(with).repeat(4);
    }
    int[] points = value.codePoints().toArray();
    long maskable = value.codePoints().filter(Character::isLetterOrDigit).count();
    if (maskable <= keepFirst + keepLast) {
      return String.valueOf(with).repeat(4);
    }
    StringBuilder masked = new StringBuilder(value.length());
    long seen = 0;
    for (int point : points) {
      boolean kept =
          !Character.isLetterOrDigit(point) || seen < keepFirst || seen >= maskable - keepLast;
      masked.appendCodePoint(kept ? point : with);
      if (Character.isLetterOrDigit(point)) {
        seen++;
      }
    }
    return masked.toString();
  }

  /** Whether {@code text} looks like what this mask makes of values, so that masking it once more would only take more away. */
  public boolean made(String text) {
    if (text.equals(String.valueOf(with).repeat(4))) {
      return true;
    }
    int[] places =
        text.codePoints().filter(p -> p == with || Character.isLetterOrDigit(p)).toArray();
    int hidden = places.length - keepFirst - keepLast;
    if (keepFirst + keepLast == 0 || hidden <= 0) {
      return false;
    }
    for (int i = 0; i < places.length; i++) {
      boolean kept = i < keepFirst || i >= keepFirst + hidden;
      if (kept == (places[i] == with)) {
        return false;
      }
    }
    return true;
  }
}
