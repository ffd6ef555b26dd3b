package dev.phial.crypto.selftest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** Bytes of a vector: public, never a secret of anybody's. Immutable. */
public final class Octets {
  private final byte[] bytes;

  private Octets(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * What {@code text} says in hexadecimal, in either case.
   *
   * @throws IllegalArgumentException when it is not hexadecimal
   */
  public static Octets hex(String text) {
    return new Octets(HexFormat.of().parseHex(text));
  }

  /** The bytes of ASCII text. */
  public static Octets ascii(String text) {
    return new Octets(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** These bytes and then {@code more}. */
  public Octets and(Octets more) {
    byte[] both = Arrays.copyOf(bytes, bytes.length + more.bytes.length);
    System.arraycopy(more.bytes, 0, both, bytes.length, more.bytes.length);
    return new Octets(both);
  }

  public int length() {
    return bytes.length;
  }

  byte[] bytes() {
    return bytes;
  }

  boolean are(byte[] others) {
    return MessageDigest.isEqual(bytes, others);
  }
}
