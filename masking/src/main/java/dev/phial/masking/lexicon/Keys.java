package dev.phial.masking.lexicon;

import dev.phial.masking.Identifier;
import java.util.Locale;

/**
 * What keys mean: the phrases of {@code keys.txt}, compared from their last word backwards, so that {@code contact_email} is an
 * {@code email} and {@code file name} is no {@code name}.
 */
public final class Keys {
  /** No phrase fits. */
  public static final int UNKNOWN = 0;

  private static final int LONGEST = 4;
  private static final int CUE = 1 << 17;
  private static final LongTable PHRASES = new LongTable(1 << 11);
  private static final LongTable NOISE = new LongTable(64);

  static {
    for (String word :
        "full value val text raw string str stringvalue intvalue doublevalue plain clear original current primary new old data field no nr num number nbr id code line"
            .split(" ", -1)) {
      NOISE.or(Hash.word(word), 1);
    }
    WordList.lines("keys.txt").forEach(Keys::load);
  }

  private Keys() {}

  /** How a value must look so that the key's word is taken for it. */
  public enum Fit {
    /** The key says nothing about a person: {@code file name}. */
    NONE,
    /** Any value that is one. */
    ANY,
    /** Words. */
    WORDS,
    /** Words and digits as places have them. */
    PLACE,
    /** Four digits at least. */
    DIGITS,
    /** A digit at least, and five characters. */
    CODE,
    /** A date. */
    DATE,
    /** A time of the machine's own: left as it is. */
    CLOCK
  }

  /** Which element of the policy a meaning is bound to, or -1. */
  public static int element(int meaning) {
    return (meaning >>> 18) - 1;
  }

  /** A key that a policy binds to an element. */
  public static int bound(Identifier identifier, int element) {
    return meaning(identifier, Fit.ANY, true) | (element + 1) << 18;
  }

  /** The identifier of a meaning. */
  public static Identifier identifier(int meaning) {
    return IDENTIFIERS[meaning & 0xff];
  }

  public static Fit fit(int meaning) {
    return FITS[meaning >> 8 & 0xff];
  }

  /** Whether the phrase is enough without {@code =} or {@code :} after it. */
  public static boolean cue(int meaning) {
    return (meaning & CUE) != 0;
  }

  private static final Identifier[] IDENTIFIERS = Identifier.values();
  private static final Fit[] FITS = Fit.values();

  @SuppressWarnings("EnumOrdinal") // they live in this process only, packed into a number
  private static int meaning(Identifier identifier, Fit fit, boolean cue) {
    return 1 << 16 | (cue ? CUE : 0) | fit.ordinal() << 8 | identifier.ordinal();
  }

  /** Whether a word after a key adds nothing to it: {@code number}. */
  public static boolean isNoise(long word) {
    return NOISE.get(word) != 0;
  }

  /**
   * The meaning of the longest phrase that ends a key.
   *
   * @param words the hashes of the key's words, from the last one backwards
   * @param count how many there are
   * @return a meaning, or {@link #UNKNOWN}
   */
  public static int meaning(long[] words, int count) {
    int skipped = 0;
    int found = ending(PHRASES, words, 0, count);
    while (found == UNKNOWN && skipped < 4 && skipped < count && isNoise(words[skipped])) {
      found = ending(PHRASES, words, ++skipped, count);
    }
    return found;
  }

  static int ending(LongTable phrases, long[] words, int first, int count) {
    int found = UNKNOWN;
    long phrase = 0;
    for (int i = first; i < count && i < first + LONGEST; i++) {
      phrase = Hash.before(phrase, words[i]);
      int meaning = phrases.get(phrase);
      if (meaning != 0) {
        found = meaning;
      }
    }
    return found;
  }

  /**
   * Splits a key into words at humps and signs, from its end backwards; digits are no part of words.
   *
   * @param words takes the hashes
   * @param count how many there are already
   * @return how many there are then
   */
  public static int split(byte[] b, int from, int to, long[] words, int count) {
    int n = count;
    int i = to;
    while (n < words.length) {
      while (i > from && !letter(b[i - 1])) {
        i--;
      }
      if (i == from) {
        return n;
      }
      int end = i;
      i = hump(b, from, end);
      words[n++] = Hash.word(b, i, end);
    }
    return n;
  }

  /** Whether the word behind the last hump of a word may end a key. */
  public static boolean endsKey(byte[] b, int from, int to, KeyBindings bindings) {
    long last = Hash.word(b, hump(b, from, to), to);
    return (Lexicon.sense(last) & Lexicon.KEY) != 0 || isNoise(last) || bindings.ends(last);
  }

  /** Where the last word begins of letters that end at {@code end}. */
  private static int hump(byte[] b, int from, int end) {
    int i = end;
    boolean capitals = upper(b[i - 1]);
    while (i > from && letter(b[i - 1]) && upper(b[i - 1]) == capitals) {
      i--;
    }
    return !capitals && i > from && upper(b[i - 1]) ? i - 1 : i;
  }

  private static boolean letter(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b < 0;
  }

  private static boolean upper(byte b) {
    return b >= 'A' && b <= 'Z';
  }

  /** The meaning of a whole phrase as a policy writes it. */
  static long phrase(String words) {
    String[] split = words.trim().split(" ", -1);
    long phrase = 0;
    for (int i = split.length - 1; i >= 0; i--) {
      phrase = Hash.before(phrase, Hash.word(split[i]));
    }
    return phrase;
  }

  private static void load(String line) {
    int colon = line.indexOf(':');
    String[] head = line.substring(0, colon).trim().split(" ", -1);
    int meaning = meaning(
        Identifier.valueOf(head[0]),
        Fit.valueOf(head[1].toUpperCase(Locale.ROOT)),
        head.length > 2 && head[2].equals("cue"));
    for (String phrase : line.substring(colon + 1).split(",", -1)) {
      PHRASES.or(phrase(phrase), meaning);
    }
  }

  static void lastWords(LongTable senses) {
    for (String line : WordList.lines("keys.txt")) {
      int colon = line.indexOf(':');
      int sense = line.startsWith(" cue", colon - 4) ? Lexicon.KEY | Lexicon.CUE : Lexicon.KEY;
      for (String phrase : line.substring(colon + 1).split(",", -1)) {
        String trimmed = phrase.trim();
        senses.or(Hash.word(trimmed.substring(trimmed.lastIndexOf(' ') + 1)), sense);
      }
    }
  }
}
