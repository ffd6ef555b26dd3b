package dev.phial.masking.scan;

import dev.phial.masking.lexicon.Hash;
import dev.phial.masking.lexicon.KeyBindings;
import dev.phial.masking.lexicon.Lexicon;
import java.util.Arrays;

/**
 * The tokens of a text: words, numbers, words with digits, and signs. Spaces are none; whether two tokens touch is seen by
 * their bounds. Reused from text to text; confined to a thread.
 */
public final class Tokens {
  public static final int WORD = 1;
  public static final int NUMBER = 2;
  /** Letters and digits. */
  public static final int MIXED = 3;

  /** The first letter is upper case. */
  public static final int CAPITAL = 1;
  /** All letters are upper case, two at least. */
  public static final int CAPITALS = 2;
  /** Upper case after lower case: {@code patientName}. */
  public static final int HUMPS = 4;
  /** Letters beyond ASCII. */
  public static final int ACCENTS = 8;

  private static final int MOST_REPEATED = 64;
  /** Signs that hardly anything but programs writes. */
  private static final int MACHINE = 1;

  /** Signs that can begin something. */
  private static final int STARTS = 2;

  private static final byte[] TRAITS = new byte[128];
  /** Stands for the control characters that would look like another kind. */
  private static final int CONTROL = 4;

  private static final int ZIP = 5;

  static {
    for (char sign : "=_{[$<".toCharArray()) {
      TRAITS[sign] |= MACHINE;
    }
    for (char sign : "@:+(%\\{".toCharArray()) {
      TRAITS[sign] |= STARTS;
    }
  }

  private int count;
  /** Where each begins, in the high half, and ends. */
  private long[] span = new long[256];
  /** Its sense in the high half, then its look, then its kind. */
  private long[] type = new long[256];

  private long[] hash = new long[256];
  private int[] hot = new int[256];
  private int hotCount;
  private final KeyBindings bindings;
  private int function;
  private int machine;
  private int capitals;
  private int words;
  private int senses;

  public Tokens(KeyBindings bindings) {
    this.bindings = bindings;
  }

  /** Reads {@code text} from one place to another. */
  public void read(Text text, int from, int to) {
    byte[] b = text.bytes();
    count = 0;
    hotCount = 0;
    function = 0;
    machine = 0;
    capitals = 0;
    words = 0;
    senses = 0;
    int i = from;
    while (i < to) {
      int c = Bytes.CLASS[b[i] & 0xff];
      if (c == Bytes.SPACE) {
        i++;
      } else if (c == Bytes.SIGN) {
        i = sign(b, i, to);
      } else {
        i = word(text, b, i, to);
      }
    }
  }

  /** A long line of one sign, such as a ruler, is read as a few. */
  private int sign(byte[] b, int i, int to) {
    byte s = b[i];
    int trait = TRAITS[s];
    machine += trait & MACHINE;
    if ((trait & STARTS) != 0 && Starts.sign(b, i, to)) {
      heat();
    }
    add(i, i + 1, Math.max(s, CONTROL), 0, 0, 0);
    int next = i + 1;
    if (next < to && b[next] == s) {
      int run = next;
      while (run < to && b[run] == s) {
        run++;
      }
      if (run - i > MOST_REPEATED) {
        return run;
      }
    }
    return next;
  }

  private int word(Text text, byte[] b, int from, int to) {
    int i = from;
    int classes = 0;
    do {
      int c = Bytes.CLASS[b[i] & 0xff];
      if (c > Bytes.HIGH) {
        break;
      }
      classes |= c;
      i++;
    } while (i < to);
    if (classes == Bytes.DIGIT) {
      if (Starts.number(b, from, i, to) || (i - from == ZIP && afterState())) {
        heat();
      }
      add(from, i, NUMBER, 0, 0, 0);
    } else if ((classes & Bytes.DIGIT) != 0) {
      machine += extension(b, from, i) ? 0 : 1;
      if (Starts.mixed(b, from, i, to)) {
        heat();
      }
      add(from, i, MIXED, look(b, from, i, classes), 0, Hash.word(b, from, i));
    } else {
      letters(text, from, i, to, classes);
    }
    return i;
  }

  /** {@code 4143381x060}: a telephone number's end and its extension. */
  private static boolean extension(byte[] b, int from, int to) {
    int letters = 0;
    for (int i = from; i < to; i++) {
      if (!Bytes.isDigit(b[i])) {
        letters += b[i] == 'x' ? 1 : 2;
      }
    }
    return letters == 1;
  }

  private void letters(Text text, int from, int end, int to, int classes) {
    words++;
    if ((classes & Bytes.HIGH) != 0) {
      accented(text, from, end);
      return;
    }
    byte[] b = text.bytes();
    int look = classes == Bytes.LOWER ? 0 : look(b, from, end, classes);
    long h = Hash.word(b, from, end);
    int sense = (look & HUMPS) != 0 ? 0 : Lexicon.sense(h);
    if (bindings.ends(h)) {
      sense |= Lexicon.KEY | Lexicon.CUE;
    }
    if ((sense & Lexicon.FUNCTION) != 0) {
      function++;
    }
    if ((sense & Lexicon.HOT) != 0
        || ((look & HUMPS) != 0 && Starts.humps(b, from, end, to, bindings))
        || Starts.hex(b, from, end, to)) {
      heat();
    }
    machine += (look & HUMPS) >> 2;
    capitals += look & CAPITAL;
    add(from, end, WORD, look, sense, h);
  }

  private void accented(Text text, int from, int to) {
    String word = to - from > 120 ? "" : text.part(from, to);
    long h = Hash.word(Decoding.bare(word));
    int look = ACCENTS;
    if (!word.isEmpty() && Character.isUpperCase(word.codePointAt(0))) {
      look |= CAPITAL;
      capitals++;
      if (word.codePointCount(0, word.length()) > 1
          && word.codePoints().noneMatch(Character::isLowerCase)) {
        look |= CAPITALS;
      }
    }
    heat();
    add(from, to, WORD, look, Lexicon.sense(h), h);
  }

  private static int look(byte[] b, int from, int to, int classes) {
    int look = (classes & Bytes.HIGH) != 0 ? ACCENTS : 0;
    if ((Bytes.CLASS[b[from] & 0xff] & Bytes.UPPER) != 0) {
      look |= CAPITAL;
    }
    if ((classes & Bytes.LOWER) == 0) {
      return to - from > 1 && (classes & Bytes.UPPER) != 0 ? look | CAPITALS : look;
    }
    if ((classes & Bytes.UPPER) != 0 && humped(b, from, to)) {
      look |= HUMPS;
    }
    return look;
  }

  private static boolean humped(byte[] b, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      if (Bytes.CLASS[b[i] & 0xff] == Bytes.UPPER) {
        return true;
      }
    }
    return false;
  }

  /** The token that is added next can begin something in a line of a program. */
  private void heat() {
    if (hotCount == hot.length) {
      hot = Arrays.copyOf(hot, 2 * hotCount);
    }
    hot[hotCount++] = count;
  }

  /** Whether the token that is added next follows a state, or a comma that may follow one. */
  private boolean afterState() {
    return kind(count - 1) == ',' || means(count - 1, Lexicon.STATE);
  }

  private void add(int from, int to, int k, int l, int s, long h) {
    int i = count;
    if (i == span.length) {
      grow();
    }
    span[i] = (long) from << 32 | to;
    type[i] = (long) s << 32 | l << 8 | (k & 0xff);
    hash[i] = h;
    senses |= s;
    count = i + 1;
  }

  private void grow() {
    int size = 2 * count;
    span = Arrays.copyOf(span, size);
    type = Arrays.copyOf(type, size);
    hash = Arrays.copyOf(hash, size);
  }

  /** How many tokens can begin something in a line of a program; in what people write every token can. */
  public int hotCount() {
    return hotCount;
  }

  /** The token that is the {@code k}th of those. */
  public int hot(int k) {
    return hot[k];
  }

  public int count() {
    return count;
  }

  /** {@link #WORD}, {@link #NUMBER}, {@link #MIXED}, or a sign's byte; 0 beyond either end. */
  public int kind(int i) {
    return i < 0 || i >= count ? 0 : (byte) type[i];
  }

  public int start(int i) {
    return (int) (span[i] >>> 32);
  }

  public int end(int i) {
    return (int) span[i];
  }

  public int length(int i) {
    return end(i) - start(i);
  }

  /** What the lexicon knows of a word; 0 of anything else. */
  public int sense(int i) {
    return i < 0 || i >= count ? 0 : (int) (type[i] >>> 32);
  }

  public boolean means(int i, int senses) {
    return (sense(i) & senses) != 0;
  }

  /** Whether any word of the text has one of the senses. */
  public boolean anyMeans(int any) {
    return (senses & any) != 0;
  }

  public boolean looks(int i, int looks) {
    return i >= 0 && i < count && (type[i] >> 8 & looks) != 0;
  }

  public long hash(int i) {
    return hash[i];
  }

  /** Whether nothing stands between {@code i} and the token after it. */
  public boolean touches(int i) {
    return i >= 0 && i + 1 < count && end(i) == start(i + 1);
  }

  /** Whether one space at most stands between {@code i} and the token after it. */
  public boolean near(int i) {
    return i >= 0 && i + 1 < count && start(i + 1) - end(i) <= 1;
  }

  public boolean isWord(int i) {
    return kind(i) == WORD;
  }

  /** Whether enough of the words are those that make sentences. */
  public boolean sentences() {
    return function >= 2 && function * 5 >= words;
  }

  /** Whether there are words and hardly anything that only programs write. */
  public boolean plain() {
    return words >= 2 && machine * 6 <= words;
  }

  /** Whether no word has a capital: somebody wrote, or made, all of it small. */
  public boolean small() {
    return capitals == 0;
  }

  /** The first token that starts at {@code place} or after it, from {@code i} on. */
  public int after(int i, int place) {
    int k = i;
    while (k < count && start(k) < place) {
      k++;
    }
    return k;
  }
}
