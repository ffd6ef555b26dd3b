package dev.phial.gateway.policy.selector;

/** Parses selectors. */
@SuppressWarnings("DoNotCallSuggester")
public final class SelectorParser {
  private SelectorParser() {}

  /**
   * The selector that {@code text} writes.
   *
   * @throws IllegalArgumentException when it is none; the message names the column, from 1
   */
  public static Selector parse(String text) {
    throw new UnsupportedOperationException("to come");
  }
}
