package dev.phial.crypto.token.layout;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The letters of a script that names are written in, each one code point and in Unicode normalization form C, capitals and
 * small letters apart. Frozen: another order would change every token.
 */
public enum Script {
  /** The 26 letters of English. */
  ASCII("A-Z", "a-z"),
  /** Those of Basic Latin, Latin-1 and Latin Extended-A, with the capital sharp s. Without long s, kra and n with apostrophe. */
  LATIN(
      "A-Z\u00C0-\u00D6\u00D8-\u00DE\u1E9E" + LatinA.CAPITALS,
      "a-z\u00E0-\u00F6\u00F8-\u00FE\u00DF" + LatinA.SMALL),
  /** Modern Greek, monotonic, with final sigma. */
  GREEK(
      "\u0391-\u03A1\u03A3-\u03AB\u0386\u0388-\u038A\u038C\u038E\u038F",
      "\u03B1-\u03CE\u0390\u03AC-\u03B0"),
  /** Cyrillic of the European languages. */
  CYRILLIC("\u0410-\u042F\u0400-\u040F\u0490", "\u0430-\u044F\u0450-\u045F\u0491");

  private final String capitals;
  private final String small;

  Script(String capitals, String small) {
    this.capitals = SymbolSet.expand(capitals);
    this.small = SymbolSet.expand(small);
  }

  public static @Nullable Script named(String name) {
    return Arrays.stream(values())
        .filter(script -> script.inWords().equals(name))
        .findFirst()
        .orElse(null);
  }

  public String inWords() {
    return name().toLowerCase(Locale.ROOT);
  }

  public Symbols capitals() {
    return new Symbols(capitals);
  }

  public Symbols small() {
    return new Symbols(small);
  }

  /** Capitals, then small letters. */
  public Symbols letters() {
    return new Symbols(capitals + small);
  }
}
