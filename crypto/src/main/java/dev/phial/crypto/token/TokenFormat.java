package dev.phial.crypto.token;

/** What values a tokenized element takes, and what of them its tokens keep. Immutable. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public interface TokenFormat {

  /** The format as a policy writes it, such as {@code digits:7..12}. */
  String spec();

  /** stub. */
  static TokenFormat parse(String spec, Marking marking) {
    throw new UnsupportedOperationException("to come");
  }

  /** stub. */
  static TokenFormat parse(String spec) {
    return parse(spec, Marking.PLAIN);
  }
}
