package dev.phial.crypto.index;

import java.text.Normalizer.Form;
import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * What an index ignores in texts. Each rule has a permanent id with a version: a rule that is changed gets a new one, so that
 * digests made under the old rule are never compared with those under the new.
 *
 * <p>The order of the constants is the order in which rules are applied, whatever order a policy has.
 */
public enum Normalizer {
  /** {@code é} is {@code e}: canonical decomposition (NFD) without nonspacing marks (Mn). Letters with strokes, {@code ø}, stay. */
  ACCENTS("a1") {
    @Override
    String apply(String text) {
      return kept(
          java.text.Normalizer.normalize(text, Form.NFD),
          point -> Character.getType(point) != Character.NON_SPACING_MARK);
    }
  },
  /**
   * {@code Groß} is {@code GROSS}: Unicode's full upper-case mapping of no language, then the lower case of each character by
   * itself, so that a sigma's place in its word does not matter.
   */
  CASE("c1") {
    @Override
    String apply(String text) {
      StringBuilder folded = new StringBuilder(text.length());
      text.toUpperCase(Locale.ROOT)
          .codePoints()
          .map(Character::toLowerCase)
          .forEach(folded::appendCodePoint);
      return folded.toString();
    }
  },
  /** Characters of the categories P stay out: {@code O'Neil-Smith} is {@code ONeilSmith}. */
  PUNCTUATION("p1") {
    @Override
    String apply(String text) {
      return kept(text, point -> !punctuation(Character.getType(point)));
    }
  },
  /** Spaces, line breaks and tabs stay out. */
  SPACES("s1") {
    @Override
    String apply(String text) {
      return kept(text, point -> !Character.isWhitespace(point) && !Character.isSpaceChar(point));
    }
  },
  /** Only decimal digits stay, of any script, as {@code 0} to {@code 9}. */
  DIGITS("d1") {
    @Override
    String apply(String text) {
      StringBuilder digits = new StringBuilder(text.length());
      text.codePoints()
          .filter(Character::isDigit)
          .forEach(point -> digits.append(Character.digit(point, 10)));
      return digits.toString();
    }
  };

  private final String id;

  Normalizer(String id) {
    this.id = id;
  }

  /** Its permanent id, version included. */
  public String id() {
    return id;
  }

  abstract String apply(String text);

  private static String kept(String text, IntPredicate stays) {
    StringBuilder kept = new StringBuilder(text.length());
    text.codePoints().filter(stays).forEach(kept::appendCodePoint);
    return kept.toString();
  }

  private static boolean punctuation(int type) {
    return type == Character.CONNECTOR_PUNCTUATION
        || type == Character.DASH_PUNCTUATION
        || type == Character.START_PUNCTUATION
        || type == Character.END_PUNCTUATION
        || type == Character.INITIAL_QUOTE_PUNCTUATION
        || type == Character.FINAL_QUOTE_PUNCTUATION
        || type == Character.OTHER_PUNCTUATION;
  }
}
