package dev.phial.gateway.http;

import java.util.regex.Pattern;

/** Character classes and small productions of RFC 9110, RFC 9112 and RFC 3986. */
final class Grammar {
  private static final String TOKEN_SYMBOLS = "!#$%&'*+-.^_`|~";
  /** host [":" port], no userinfo: reg-name or IPv4 without percent-encoding, or an IP literal. */
  private static final Pattern HOST = Pattern.compile(
      "(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252})|\\[[0-9A-Fa-f:.]{2,45}])(?::[0-9]{1,5})?");

  private static final Pattern LENGTH = Pattern.compile("0|[1-9][0-9]{0,14}");

  private Grammar() {}

  static boolean isToken(String text) {
    return !text.isEmpty() && text.chars().allMatch(Grammar::isTokenChar);
  }

  private static boolean isTokenChar(int c) {
    return isAlphanumeric(c) || TOKEN_SYMBOLS.indexOf(c) >= 0;
  }

  static boolean isAlphanumeric(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  static boolean isHost(String text) {
    return HOST.matcher(text).matches();
  }

  /** A content length in its one canonical form. */
  static boolean isLength(String text) {
    return LENGTH.matcher(text).matches();
  }
}
