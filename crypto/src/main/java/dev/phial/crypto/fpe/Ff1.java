package dev.phial.crypto.fpe;

/**
 * FF1 (NIST SP 800-38G) under one AES key, for batches: item {@code i} is {@code numerals[i]}, a string of numerals each
 * below {@code radix}, with {@code tweaks[i]}; the result replaces it. Items of a batch may differ in length.
 *
 * <p>FF1 has no integrity: under a wrong key or tweak {@link #decrypt} gives another string of the same format, and
 * nothing shows it. Thread-safe. Neither method keeps its arguments.
 *
 * <p>Both throw {@link IllegalArgumentException} when an item is outside of {@link Ff1Domain}, before any item has changed.
 */
public interface Ff1 {
  void encrypt(int radix, byte[][] numerals, byte[][] tweaks);

  void decrypt(int radix, byte[][] numerals, byte[][] tweaks);
}
