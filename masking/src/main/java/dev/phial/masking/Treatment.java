package dev.phial.masking;

/** What is done with a value that was found. */
public sealed interface Treatment {

  /** Replaced by a label that names the kind: {@code *MRN*}. */
  record Redact() implements Treatment {}

  /**
   * Every letter and digit replaced, but for those at the ends; a value of no more than twice what would be kept is redacted.
   *
   * @param keepFirst how many letters or digits stay at the start, 0 or more
   * @param keepLast how many stay at the end, 0 or more
   */
  record Mask(int keepFirst, int keepLast) implements Treatment {
    public Mask {
      if (keepFirst < 0 || keepLast < 0) {
        throw new IllegalArgumentException("keepFirst and keepLast must be 0 or more");
      }
    }
  }

  /** Replaced by the data path's token of the element, marked: {@code *mrn:8310442*}. */
  record Token() implements Treatment {}

  /** Replaced by a keyed digest, marked: {@code *mrn:h:x3TqVbEw*}. */
  record Digest() implements Treatment {}

  /** The whole event is dropped. */
  record Drop() implements Treatment {}

  /** Left as it is, and counted. */
  record Leave() implements Treatment {}

  /** Whether only the holder of a key can do it. */
  default boolean keyed() {
    return this instanceof Token || this instanceof Digest;
  }
}
