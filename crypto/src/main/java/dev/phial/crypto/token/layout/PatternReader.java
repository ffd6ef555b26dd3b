package dev.phial.crypto.token.layout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads patterns such as <code>MRN-{d7}-{luhn}</code>: literal characters, and items in braces. Goes on after a problem, so
 * that all are told at once.
 */
final class PatternReader {
  /** The longest text. */
  static final int MAX_LENGTH = 256;

  private final String pattern;
  private final List<String> problems = new ArrayList<>();
  private final List<Slot> before = new ArrayList<>();
  private final List<Slot> after = new ArrayList<>();
  private List<Slot> repeated = List.of();
  private int min = 1;
  private int max = 1;
  private boolean ranged;
  private boolean checked;
  private int at;

  PatternReader(String pattern) {
    this.pattern = pattern;
  }

  Pattern read() {
    while (at < pattern.length()) {
      if (pattern.charAt(at) == '{') {
        item();
      } else {
        literal();
      }
    }
    if (slots() == 0) {
      problem(0, "the pattern is empty");
    }
    if (slots() + (max - 1) * repeated.size() > MAX_LENGTH) {
      problem(0, "its texts can be longer than " + MAX_LENGTH + " characters");
    }
    if (!problems.isEmpty()) {
      throw new PatternException(String.join("; ", problems));
    }
    return Pattern.of(before, repeated, min, max, after);
  }

  private int slots() {
    return before.size() + repeated.size() + after.size();
  }

  private void literal() {
    int start = at;
    char character = pattern.charAt(at++);
    if (character == '\\' && at < pattern.length()) {
      character = pattern.charAt(at++);
    } else if (character == '\\' || character == '}') {
      problem(start, "write \\" + character + " for the character itself");
    }
    if (Character.isSurrogate(character)) {
      problem(start, "characters beyond the basic multilingual plane cannot be used");
    } else {
      add(Kept.literal(character));
    }
  }

  private void item() {
    int start = at;
    int end = end();
    if (end < 0) {
      problem(start, "a brace is not closed");
      at = pattern.length();
      return;
    }
    at = end + 1;
    try {
      add(PatternItem.parse(pattern.substring(start + 1, end)), start);
    } catch (IllegalArgumentException e) {
      problem(start, String.valueOf(e.getMessage()));
    }
  }

  // The first closing brace that is neither escaped nor in a set.
  private int end() {
    boolean inSet = false;
    for (int i = at; i < pattern.length(); i++) {
      char character = pattern.charAt(i);
      if (character == '\\') {
        i++;
      } else if (character == '[') {
        inSet = true;
      } else if (character == ']') {
        inSet = false;
      } else if (character == '}' && !inSet) {
        return i;
      }
    }
    return -1;
  }

  private void add(PatternItem item, int start) {
    if (item.slot() instanceof Check) {
      if (checked) {
        problem(start, "there is a check digit already, and one cannot check another");
      }
      checked = true;
    }
    if (item.min() < item.max()) {
      repeat(item, start);
    } else {
      Collections.nCopies(item.min(), item.slot()).forEach(this::add);
    }
  }

  private void repeat(PatternItem item, int start) {
    if (ranged) {
      problem(start, "only one item may have a range of lengths: a text could be read in two ways");
    }
    ranged = true;
    repeated = List.of(item.slot());
    min = item.min();
    max = item.max();
  }

  private void add(Slot slot) {
    (ranged ? after : before).add(slot);
  }

  private void problem(int where, String what) {
    problems.add("at character " + (where + 1) + ": " + what);
  }
}
