package dev.phial.crypto.deid;

/** What became of a value that was to be made coarser. */
public sealed interface Generalized {

  /** The coarser value. */
  record Coarse(String text) implements Generalized {}

  /** Nothing of it may stay. */
  record Removed() implements Generalized {}

  /**
   * It is not of the kind that the rule takes.
   *
   * @param why what the rule takes, never the value
   */
  record Invalid(String why) implements Generalized {}
}
