package dev.phial.crypto.token;

import java.util.Map;

/**
 * A value to tokenize or a token to take back.
 *
 * @param text the value or the token
 * @param context the caller's own context; the same must be given on the way back; usually empty
 */
public record TokenInput(String text, Map<String, String> context) {

  public TokenInput {
    context = Map.copyOf(context);
  }

  /** An input without a context of the caller's. */
  public static TokenInput of(String text) {
    return new TokenInput(text, Map.of());
  }

  @Override
  public String toString() {
    return "TokenInput[" + text.length() + " characters]";
  }
}
