package dev.phial.crypto.token;

import org.jspecify.annotations.Nullable;

/** What of a value a marked token enciphers, as numerals, and how it writes them. */
interface MarkedBody {

  int radix();

  /** The most numerals that a value has. */
  int longest();

  /** A value's numerals; null when it does not fit the format. */
  byte @Nullable [] numerals(String value);

  /** The inverse of {@link #numerals}; null for numerals of no value. */
  @Nullable
  String value(byte[] numerals);

  /** The text of enciphered numerals. */
  String write(byte[] numerals);

  /** The inverse of {@link #write}; null when it is not one. */
  byte @Nullable [] read(String body);
}
