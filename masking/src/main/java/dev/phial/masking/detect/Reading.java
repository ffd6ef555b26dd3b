package dev.phial.masking.detect;

import dev.phial.masking.Identifier;
import dev.phial.masking.lexicon.KeyBindings;
import dev.phial.masking.lexicon.Lexicon;
import dev.phial.masking.scan.Bytes;
import dev.phial.masking.scan.Text;
import dev.phial.masking.scan.Tokens;

/** A text that is being read: its tokens, what is known of it as a whole, and where findings go. Confined to a thread. */
public final class Reading {
  /** How many tokens back words still are context. */
  private static final int WINDOW = 12;

  private static final int HEAD_TOKENS = 16;

  final Tokens t;
  final DigitRun run = new DigitRun();
  private final TextScanner rules;
  Text text = Text.of(new byte[0]);
  byte[] b = text.bytes();
  int from;
  int to;
  /** Whether people wrote it, or a program in sentences. */
  boolean prose;
  /** Whether people wrote it: a capital there means something. */
  boolean people;
  /** Whether all of it is in small letters. */
  boolean small;
  /** Whether the text begins where an event begins, and so with the event's own time. */
  boolean head;

  int depth;
  /** No quote closes between these two places: it was looked for. */
  int unclosedFrom;

  int unclosedTo;

  Reading(TextScanner rules, KeyBindings bindings) {
    this.t = new Tokens(bindings);
    this.rules = rules;
  }

  /** What keys mean here, and where findings go. */
  TextScanner rules() {
    return rules;
  }

  void open(Text text, int from, int to, boolean head, int depth) {
    this.depth = depth;
    run.clear();
    this.unclosedFrom = 0;
    this.unclosedTo = 0;
    this.text = text;
    this.b = text.bytes();
    this.from = from;
    this.to = to;
    this.head = head;
    t.read(text, from, to);
    boolean log = head && stamped();
    people = !log && (t.sentences() || (head && t.plain()));
    prose = people || t.sentences();
    small = t.small();
  }

  /** Whether the text begins as the lines of logs do: with a time of day or a long number, and no label before it. */
  private boolean stamped() {
    int first = t.kind(0);
    if ((first == '<' && t.kind(1) == Tokens.NUMBER)
        || (first == Tokens.NUMBER && t.length(0) >= 4 && t.kind(1) != Tokens.WORD)) {
      return true;
    }
    for (int i = 0; i < HEAD_TOKENS; i++) {
      if (t.kind(i) == ':' && t.isWord(i - 1)) {
        return false;
      }
      if (t.kind(i) == ':'
          && t.kind(i - 1) == Tokens.NUMBER
          && t.kind(i + 1) == Tokens.NUMBER
          && t.length(i + 1) == 2) {
        return true;
      }
    }
    return false;
  }

  /** Whether a word is written as a name is, or could be one where all is small. */
  boolean named(int i) {
    return t.looks(i, Tokens.CAPITAL)
        || (small && t.isWord(i) && t.length(i) > 2 && !t.means(i, Lexicon.EVERYDAY));
  }

  void found(int start, int end, Identifier kind) {
    rules.out().add(text, start, end, kind);
  }

  /** The byte at {@code i}, or 0 beyond the text. */
  byte at(int i) {
    return i >= from && i < to ? b[i] : 0;
  }

  boolean digitAt(int i) {
    return i >= from && i < to && Bytes.isDigit(b[i]);
  }

  boolean wordAt(int i) {
    return i >= from && i < to && Bytes.isWord(b[i]);
  }

  /** Whether a word of one of the {@code senses} stands within the window before token {@code i}, in its line. */
  boolean before(int i, int senses) {
    if (!t.anyMeans(senses)) {
      return false;
    }
    int stop = Math.max(0, i - WINDOW);
    for (int k = i - 1; k >= stop; k--) {
      if (t.kind(k) == '\n') {
        return false;
      }
      if (t.means(k, senses) && t.kind(k + 1) != '=' && !(t.kind(k + 1) == '_' && t.touches(k))) {
        return true;
      }
    }
    return false;
  }

  /** As {@link #before}, or within a few tokens after {@code i}. */
  boolean about(int i, int senses) {
    if (!t.anyMeans(senses)) {
      return false;
    }
    if (before(i, senses)) {
      return true;
    }
    for (int k = i + 1; k < i + WINDOW / 2; k++) {
      if (t.means(k, senses)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the token is a word that begins a sentence or a line. */
  boolean starts(int i) {
    int before = t.kind(i - 1);
    return before == 0
        || before == '\n'
        || before == '.'
        || before == '!'
        || before == '?'
        || before == '>'
        || (before == '"'
            && (t.kind(i - 2) == 0
                || t.kind(i - 2) == ':'
                || t.kind(i - 2) == '\\'
                || t.kind(i - 2) == '.'))
        || before == '*'
        || (before == '-' && !t.touches(i - 1));
  }

  boolean ordinary(int i) {
    return t.means(i, Lexicon.EVERYDAY);
  }
}
