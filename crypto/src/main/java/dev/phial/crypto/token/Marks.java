package dev.phial.crypto.token;

import java.util.OptionalInt;

/** The mark in front of a marked token: {@code pt}, the key version in base 36, and a dot. */
public final class Marks {
  private static final String PREFIX = "pt";
  private static final int RADIX = 36;
  private static final int MAX_VERSION_CHARS = 6;

  private Marks() {}

  /** The key version that a text claims as a marked token; empty when it has no mark in its one canonical form. */
  public static OptionalInt versionOf(String text) {
    int dot = text.indexOf('.');
    if (!text.startsWith(PREFIX)
        || dot <= PREFIX.length()
        || dot > PREFIX.length() + MAX_VERSION_CHARS
        || dot + 1 == text.length()) {
      return OptionalInt.empty();
    }
    return canonicalVersion(text.substring(PREFIX.length(), dot));
  }

  private static OptionalInt canonicalVersion(String digits) {
    try {
      int version = Integer.parseInt(digits, RADIX);
      boolean canonical = version >= 1 && Integer.toString(version, RADIX).equals(digits);
      return canonical ? OptionalInt.of(version) : OptionalInt.empty();
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  static String mark(int version, String body) {
    return PREFIX + Integer.toString(version, RADIX) + "." + body;
  }

  static String bodyOf(String token) {
    return token.substring(token.indexOf('.') + 1);
  }
}
