package dev.phial.crypto.token.layout;

/** A set of texts, numbered from 0. Implementations are immutable. */
public interface Numbering {

  /** The numbers, as strings of numerals. */
  NumeralSpace space();

  /**
   * The text of a number.
   *
   * @param numerals a string that {@link #space} holds
   * @param like any text of the set: gives what all of them share
   */
  String write(byte[] numerals, String like);
}
