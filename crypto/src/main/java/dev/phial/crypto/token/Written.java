package dev.phial.crypto.token;

/** A value or token taken apart. FF1 replaces the numerals in place; the shape, how they were written, stays. */
final class Written {
  private final byte[] numerals;
  private final int shape;

  Written(byte[] numerals, int shape) {
    this.numerals = numerals;
    this.shape = shape;
  }

  byte[] numerals() {
    return numerals;
  }

  int shape() {
    return shape;
  }
}
