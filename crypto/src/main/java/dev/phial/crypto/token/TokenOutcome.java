package dev.phial.crypto.token;

/** What became of one input. */
public sealed interface TokenOutcome {

  /** The token of a value: safe to store and to show. */
  record Token(String text) implements TokenOutcome {}

  /** The value of a token: PHI. */
  record Value(String text) implements TokenOutcome {
    @Override
    public String toString() {
      return "Value[" + text.length() + " characters]";
    }
  }

  /**
   * The input does not fit the format, or a marked token is not authentic here.
   *
   * @param message names the rule, never the value
   */
  record Invalid(String message) implements TokenOutcome {}
}
