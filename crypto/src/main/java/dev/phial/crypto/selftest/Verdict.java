package dev.phial.crypto.selftest;

/** What came of one vector. */
public sealed interface Verdict {
  /** The published answer came out. */
  record Passed() implements Verdict {}

  /** An invalid input was refused, as it must be. */
  record Refused() implements Verdict {}

  /** The published answer did not come out, or an invalid input was taken. */
  record Wrong() implements Verdict {}

  /**
   * A valid input that is refused on purpose.
   *
   * @param why the limit that it is outside of
   */
  record NotApplicable(String why) implements Verdict {}
}
