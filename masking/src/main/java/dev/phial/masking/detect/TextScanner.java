package dev.phial.masking.detect;

import dev.phial.masking.Identifier;
import dev.phial.masking.lexicon.KeyBindings;
import dev.phial.masking.lexicon.Keys;
import dev.phial.masking.lexicon.Keys.Fit;
import dev.phial.masking.lexicon.Lexicon;
import dev.phial.masking.scan.Base64Text;
import dev.phial.masking.scan.Bytes;
import dev.phial.masking.scan.Decoding;
import dev.phial.masking.scan.Text;
import dev.phial.masking.scan.Tokens;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads texts: one pass makes tokens, and at each token that can begin an identifier its family is asked. What a family takes is
 * not read again, and every look ahead or back is bounded, so the time is linear. Confined to a thread.
 */
public final class TextScanner {
  /** Encodings within encodings are taken off this often. */
  public static final int DEEPEST = 16;

  private static final int MOST_FALSE_STARTS = 4;

  private final Findings out;
  private final KeyBindings bindings;
  private final Nested nested;
  private final UserRule[] rules;
  private final List<Reading> readings = new ArrayList<>();
  private final long[] words = new long[6];
  private int falseStarts;

  public TextScanner(Findings out, KeyBindings bindings, List<UserRule> rules, Nested nested) {
    this.out = out;
    this.bindings = bindings;
    this.rules = rules.toArray(UserRule[]::new);
    this.nested = nested;
  }

  public Findings out() {
    return out;
  }

  /** Must be called before each event. */
  public void begin() {
    falseStarts = 0;
  }

  /**
   * Finds what is in a text.
   *
   * @param head whether it begins as an event does, so that the time at its beginning is the machine's own
   * @param depth how many encodings are off; a text deeper than {@link #DEEPEST} is not read for further ones
   */
  public void read(Text text, int from, int to, boolean head, int depth) {
    if (from >= to) {
      return;
    }
    while (readings.size() <= depth) {
      readings.add(new Reading(this, bindings));
    }
    Reading r = readings.get(depth);
    r.open(text, from, to, head, depth);
    if (r.prose) {
      each(r);
    } else {
      hot(r);
    }
    for (UserRule rule : rules) {
      rule.find(r);
    }
  }

  private void each(Reading r) {
    int i = 0;
    while (i < r.t.count()) {
      i = Math.max(i + 1, token(r, i));
    }
  }

  private void hot(Reading r) {
    Tokens t = r.t;
    int next = 0;
    for (int k = 0; k < t.hotCount(); k++) {
      int i = t.hot(k);
      if (i >= next) {
        next = Math.max(i + 1, token(r, i));
      }
    }
  }

  private int token(Reading r, int i) {
    return switch (r.t.kind(i)) {
      case Tokens.WORD -> word(r, i);
      case Tokens.NUMBER -> Numbers.at(r, i);
      case Tokens.MIXED -> mixed(r, i);
      default -> sign(r, i);
    };
  }

  private int word(Reading r, int i) {
    Tokens t = r.t;
    int sense = t.sense(i);
    boolean humps = t.looks(i, Tokens.HUMPS);
    int next = i;
    if ((sense & Lexicon.KEY) != 0 || (humps && hump(r, i))) {
      next = Keyed.at(r, i);
    }
    if (next == i && sense != 0) {
      next = known(r, i, sense);
    }
    if (next == i && t.length(i) <= 4 && r.at(t.end(i)) == ':' && Internet.hexToken(r, i)) {
      next = Internet.colons(r, i);
    }
    if (next == i && r.prose) {
      next = Places.name(r, i);
    }
    if (next == i
        && ((r.prose && t.looks(i, Tokens.CAPITAL))
            || (sense & (Lexicon.GIVEN | Lexicon.TITLE)) != 0
            || (r.prose && (sense & Lexicon.NAME) != 0))) {
      next = Names.at(r, i);
    }
    if (next == i && humps && t.length(i) >= Base64Text.SHORTEST) {
      next = base64(r, i);
    }
    return next;
  }

  private int known(Reading r, int i, int sense) {
    int next = i;
    if ((sense & Lexicon.MONTH) != 0) {
      next = Dates.month(r, i);
    }
    if (next == i && (sense & Lexicon.WEEKDAY) != 0) {
      next = Dates.weekday(r, i);
    }
    if (next == i && (sense & Lexicon.BOX) != 0) {
      next = Places.box(r, i);
    }
    if (next == i && (sense & Lexicon.STREET) != 0 && !r.prose) {
      next = Places.name(r, i);
    }
    if (next == i && (sense & Lexicon.CORNER) != 0) {
      next = Places.corner(r, i);
    }
    if (next == i && (sense & Lexicon.CITY) != 0) {
      next = Places.town(r, i);
    }
    if (next == i && (sense & Lexicon.HL7) != 0 && r.at(r.t.end(i)) == '|') {
      next = hl7(r, i);
    }
    if (next == i && (sense & Lexicon.WWW) != 0) {
      next = Internet.www(r, i);
    }
    if (next == i && (sense & Lexicon.SQL) != 0) {
      next = Sql.at(r, i);
    }
    return next;
  }

  private int hl7(Reading r, int i) {
    if (r.t.touches(i - 1) && Bytes.isWord(r.at(r.t.start(i) - 1))) {
      return i;
    }
    if (r.depth >= DEEPEST) {
      return i;
    }
    int end = nested.hl7(r.text, r.t.start(i), r.to, r.depth + 1);
    return end == Nested.NONE ? i : r.t.after(i, end);
  }

  private int mixed(Reading r, int i) {
    Tokens t = r.t;
    if (t.length(i) == 3
        && r.at(t.end(i)) == '|'
        && (Lexicon.sense(t.hash(i)) & Lexicon.HL7) != 0) {
      return hl7(r, i);
    }
    int next = Codes.at(r, i);
    if (next == i && t.length(i) <= 4 && Internet.hexToken(r, i)) {
      next = Internet.colons(r, i);
    }
    if (next == i && (t.kind(i + 1) == '=' || t.kind(i + 1) == ':' || t.kind(i + 1) == '"')) {
      next = Keyed.at(r, i);
    }
    if (next == i && t.length(i) >= Base64Text.SHORTEST) {
      next = base64(r, i);
    }
    return next;
  }

  private int sign(Reading r, int i) {
    return switch (r.t.kind(i)) {
      case '@' -> Internet.email(r, i);
      case ':' -> colon(r, i);
      case '+' -> r.digitAt(r.t.end(i)) ? Phones.at(r, i) : i;
      case '(' -> r.digitAt(r.t.end(i)) ? bracket(r, i) : i;
      case '%' -> percent(r, i);
      case '\\' -> backslash(r, i);
      case '{' -> brace(r, i);
      default -> i;
    };
  }

  private static int colon(Reading r, int i) {
    int place = r.t.start(i);
    if (r.at(place + 1) == '/' && r.at(place + 2) == '/') {
      return Internet.url(r, i);
    }
    return r.at(place + 1) == ':' && !r.wordAt(place - 1) && Bytes.hex(r.at(place + 2)) >= 0
        ? Internet.colons(r, i)
        : i;
  }

  private static int bracket(Reading r, int i) {
    int next = Codes.udi(r, i);
    return next > i ? next : Phones.at(r, i);
  }

  // ---- encodings
  // -------------------------------------------------------------------------------------------------------

  /** The run without spaces around a percent sign, decoded as a whole. */
  private int percent(Reading r, int i) {
    int at = r.t.start(i);
    if (!Decoding.isPercent(r.b, at, r.to) || r.depth >= DEEPEST) {
      return i;
    }
    int start = at;
    while (start > r.from && isRun(r.b[start - 1])) {
      start--;
    }
    int end = at;
    while (end < r.to && isRun(r.b[end])) {
      end++;
    }
    Text decoded = Decoding.percent(r.text, start, end, r.at(start) != '/');
    inner(Decoding.plain(decoded), r.depth + 1);
    return r.t.after(i, end);
  }

  private static boolean isRun(byte b) {
    return !Bytes.isSpace(b)
        && b != '"'
        && b != '\''
        && b != '<'
        && b != '>'
        && b != '\\'
        && b != ','
        && b != ';'
        && b != '|';
  }

  /** From the first escape of a letter on, the rest of the text is read as if its escapes were off. */
  private int backslash(Reading r, int i) {
    int at = r.t.start(i);
    boolean letter =
        r.at(at + 1) == 'u' && Bytes.hex(r.at(at + 2)) >= 0 && Bytes.hex(r.at(at + 5)) >= 0;
    if (!letter || r.depth >= DEEPEST) {
      return i;
    }
    Text decoded = Decoding.backslashes(r.text, r.from, r.to);
    inner(Decoding.plain(decoded), r.depth + 1);
    return r.t.count();
  }

  private void inner(Text text, int depth) {
    if (!structured(text, depth)) {
      read(text, 0, text.length(), false, depth);
    }
  }

  private boolean structured(Text text, int depth) {
    int from = 0;
    while (from < text.length() && Bytes.isSpace(text.bytes()[from])) {
      from++;
    }
    if (from == text.length() || (text.bytes()[from] != '{' && text.bytes()[from] != '[')) {
      return false;
    }
    int end = nested.json(text, from, text.length(), depth);
    if (end == Nested.NONE) {
      return false;
    }
    if (end < text.length()) {
      read(text, end, text.length(), false, depth);
    }
    return true;
  }

  private int brace(Reading r, int i) {
    int next = r.t.kind(i + 1);
    if ((next != '"' && next != '}') || falseStarts >= MOST_FALSE_STARTS || r.depth >= DEEPEST) {
      return i;
    }
    int end = nested.json(r.text, r.t.start(i), r.to, r.depth + 1);
    if (end == Nested.NONE) {
      falseStarts++;
      return i;
    }
    return r.t.after(i, end);
  }

  /** A long run of letters and digits that is readable text in base64: taken whole when anything is in it. */
  private int base64(Reading r, int i) {
    int start = r.t.start(i);
    if (!Base64Text.begins(r.b, start)) {
      return i;
    }
    int end = Base64Text.end(r.b, start, r.to);
    if (r.depth >= DEEPEST
        || end - start < Base64Text.SHORTEST
        || (start > r.from && Base64Text.isPart(r.b[start - 1]) && r.b[start - 1] != '/')) {
      return i;
    }
    byte[] decoded = Base64Text.decode(r.b, start, end);
    if (decoded.length == 0) {
      return i;
    }
    int before = out.count();
    inner(Decoding.plain(Text.of(decoded)), r.depth + 1);
    if (out.count() == before) {
      return r.t.after(i, end);
    }
    Identifier kind = out.identifier(before);
    out.cutTo(before);
    out.addOpaque(r.text, start, end, kind);
    return r.t.after(i, end);
  }

  // ---- keys and their values
  // ---------------------------------------------------------------------------------------------

  private boolean hump(Reading r, int i) {
    byte next = r.at(r.t.end(i));
    if (next != '='
        && next != ':'
        && next != ' '
        && next != '"'
        && next != '\''
        && next != '>'
        && next != '_'
        && next != ']'
        && next != '\\') {
      return false;
    }
    int n = Keys.split(r.b, r.t.start(i), r.t.end(i), words, 0);
    return n > 0
        && ((Lexicon.sense(words[0]) & Lexicon.KEY) != 0
            || bindings.ends(words[0])
            || (n > 1 && Keys.isNoise(words[0]) && (Lexicon.sense(words[1]) & Lexicon.KEY) != 0));
  }

  /** What the key means that ends with token {@code i}. */
  int meaning(Reading r, int i) {
    Tokens t = r.t;
    int first = i;
    int pieces = 0;
    while (pieces < 4 && before(t, first)) {
      first -= t.isWord(first - 1) || t.kind(first - 1) == Tokens.MIXED ? 1 : 2;
      pieces++;
    }
    int n = Keys.split(r.b, t.start(first), t.end(i), words, 0);
    return bindings.meaning(words, n);
  }

  /** Whether the token before {@code i} belongs to the same key. */
  private static boolean before(Tokens t, int i) {
    int sign = t.kind(i - 1);
    if (sign == Tokens.WORD || sign == Tokens.MIXED) {
      return t.near(i - 1) && !t.touches(i - 1);
    }
    return (sign == '_' || sign == '-' || sign == '.')
        && t.touches(i - 1)
        && t.touches(i - 2)
        && (t.isWord(i - 2) || t.kind(i - 2) == Tokens.MIXED);
  }

  /** What the name from one byte to another means. */
  int meaningOf(byte[] b, int from, int to) {
    return bindings.meaning(words, Keys.split(b, from, to, words, 0));
  }

  /** What a key means that stands in bytes. */
  public int meaning(long[] keyWords, int count) {
    return bindings.meaning(keyWords, count);
  }

  /** An unquoted value after a quoted key, as in JSON: its label needs the quotes that the key has. */
  void foundBare(Reading r, int start, int end, int meaning, int quote, int quoteEnd) {
    out.addBare(
        r.text,
        start,
        end,
        Keys.identifier(meaning),
        Keys.element(meaning),
        r.text.at(quote),
        r.text.at(quoteEnd));
  }

  void found(Reading r, int start, int end, int meaning) {
    out.add(r.text, start, end, Keys.identifier(meaning), Keys.element(meaning));
  }

  /** A quoted value: whether it is done with. */
  boolean whole(Reading r, int start, int end, int meaning) {
    return whole(r.text, start, end, meaning);
  }

  private boolean whole(Text text, int start, int end, int meaning) {
    if (WholeValue.isNothing(text.bytes(), start, end)) {
      return true;
    }
    if (Keys.fit(meaning) == Fit.CLOCK) {
      return WholeValue.clock(text.bytes(), start, end);
    }
    byte first = text.bytes()[start];
    if (first == '{'
        || (first == '[' && end - start > 2)
        || !WholeValue.fits(text.bytes(), start, end, meaning)) {
      return false;
    }
    out.add(text, start, end, Keys.identifier(meaning), Keys.element(meaning));
    return true;
  }

  /** A parameter's value in a query: its encoding comes off first. */
  boolean parameter(Reading r, int start, int end, int meaning) {
    if (r.depth >= DEEPEST) {
      return false;
    }
    Text decoded = Decoding.plain(Decoding.percent(r.text, start, end, true));
    if (whole(decoded, 0, decoded.length(), meaning)) {
      return true;
    }
    inner(decoded, r.depth + 1);
    return true;
  }

  /**
   * A value that stands by itself: a JSON string's content, a field.
   *
   * @param meaning what its key means
   */
  public void value(Text text, int from, int to, int meaning, int depth) {
    if (from >= to) {
      return;
    }
    if (meaning != Keys.UNKNOWN
        && Keys.fit(meaning) != Fit.NONE
        && whole(text, from, to, meaning)) {
      return;
    }
    if (depth < DEEPEST && (text.bytes()[from] == '{' || text.bytes()[from] == '[')) {
      int end = nested.json(text, from, to, depth + 1);
      if (end != Nested.NONE) {
        read(text, end, to, false, depth);
        return;
      }
    }
    read(text, from, to, false, depth);
  }

  /** A value without quotes, such as a JSON number; its label needs the quotes that stand at {@code quote}. */
  public void bare(Text text, int from, int to, int meaning, int quote, int quoteEnd) {
    Fit fit = Keys.fit(meaning);
    if (meaning != Keys.UNKNOWN
        && fit != Fit.NONE
        && fit != Fit.WORDS
        && fit != Fit.CLOCK
        && !WholeValue.isNothing(text.bytes(), from, to)
        && WholeValue.fits(text.bytes(), from, to, meaning)) {
      out.addBare(text, from, to, Keys.identifier(meaning), Keys.element(meaning), quote, quoteEnd);
      return;
    }
    int before = out.count();
    if (to - from >= 9 && digitsOnly(text.bytes(), from, to)) {
      read(text, from, to, false, DEEPEST);
    }
    if (out.count() > before) {
      Identifier kind = out.identifier(before);
      out.cutTo(before);
      out.addBare(text, from, to, kind, Findings.UNBOUND, quote, quoteEnd);
    }
  }

  private static boolean digitsOnly(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Bytes.isDigit(b[i])) {
        return false;
      }
    }
    return true;
  }
}
