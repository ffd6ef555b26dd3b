package dev.phial.gateway.transform;

import java.util.Optional;

/**
 * A text with one place in it, written {@code {}}.
 *
 * @param prefix what stands before the place
 * @param suffix what stands after it
 */
record Template(String prefix, String suffix) {
  /** Nothing around the place: the whole text. */
  static final Template NONE = new Template("", "");

  private static final String PLACE = "{}";

  static Template parse(String source) {
    int at = source.indexOf(PLACE);
    if (at < 0 || source.indexOf(PLACE, at + 1) >= 0) {
      throw new IllegalArgumentException(
          "a template has the place {} exactly once: '" + source + "'");
    }
    return new Template(source.substring(0, at), source.substring(at + PLACE.length()));
  }

  /** What stands at the place in {@code text}, when the text fits and there is something. */
  Optional<String> inner(String text) {
    int length = text.length() - prefix.length() - suffix.length();
    return length > 0 && text.startsWith(prefix) && text.endsWith(suffix)
        ? Optional.of(text.substring(prefix.length(), prefix.length() + length))
        : Optional.empty();
  }

  /** Whether there is nothing around the place. */
  boolean bare() {
    return prefix.isEmpty() && suffix.isEmpty();
  }

  String around(String inner) {
    return prefix + inner + suffix;
  }
}
