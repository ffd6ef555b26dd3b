package dev.phial.crypto.token;

import org.jspecify.annotations.Nullable;

/** A body in the format's own alphabet. */
abstract class AlphabetBody implements MarkedBody {
  private final Alphabet alphabet;
  private final int longest;

  AlphabetBody(Alphabet alphabet, int longest) {
    this.alphabet = alphabet;
    this.longest = longest;
  }

  @Override
  public int radix() {
    return alphabet.radix();
  }

  @Override
  public int longest() {
    return longest;
  }

  @Override
  public String write(byte[] numerals) {
    return alphabet.text(numerals);
  }

  @Override
  public byte @Nullable [] read(String body) {
    return alphabet.numerals(body);
  }
}
