package dev.phial.crypto.token;

import java.util.List;

/** stub */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class ElementTokenizer {
  ElementTokenizer() {}

  /** The tokens of values: outcome {@code i} belongs to input {@code i}. */
  public List<TokenOutcome> tokenize(List<TokenInput> values) {
    throw new UnsupportedOperationException("to come");
  }

  /** The values of tokens: outcome {@code i} belongs to input {@code i}. */
  public List<TokenOutcome> detokenize(List<TokenInput> tokens) {
    throw new UnsupportedOperationException("to come");
  }
}
