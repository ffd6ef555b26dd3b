package dev.phial.masking.detect;

import dev.phial.masking.Identifier;
import dev.phial.masking.LogRule;
import dev.phial.masking.lexicon.Hash;
import dev.phial.masking.scan.Bytes;
import dev.phial.masking.scan.Tokens;
import java.util.Locale;

/** A user's rule: a pattern over whole words, with words before it and check digits in it. Immutable. */
public final class PatternRule implements UserRule {
  private static final int WINDOW = 12;

  private final Pattern pattern;
  private final long[] keywords;
  private final LogRule.Checksum checksum;
  private final Identifier identifier;
  private final int element;

  /**
   * @param element the element's number among those of the policy
   * @throws IllegalArgumentException when the pattern is none
   */
  public PatternRule(LogRule rule, int element) {
    this.pattern = Pattern.of(rule.pattern());
    this.keywords = rule.keywords().stream()
        .mapToLong(w -> Hash.word(w.toLowerCase(Locale.ROOT)))
        .toArray();
    this.checksum = rule.checksum();
    this.identifier = rule.element().identifier();
    this.element = element;
  }

  @Override
  public void find(Reading r) {
    Tokens t = r.t;
    int next = 0;
    for (int i = 0; i < t.count(); i++) {
      int start = t.start(i);
      if (start < next || r.wordAt(start - 1)) {
        continue;
      }
      int end = pattern.end(r.b, start, r.to);
      if (end > start
          && !(r.wordAt(end) && Bytes.isWord(r.b[end - 1]))
          && called(t, i)
          && checked(r.b, start, end)) {
        r.rules().out().add(r.text, start, end, identifier, element);
        next = end;
      }
    }
  }

  private boolean called(Tokens t, int i) {
    if (keywords.length == 0) {
      return true;
    }
    for (int k = i - 1; k >= Math.max(0, i - 2 * WINDOW); k--) {
      for (long keyword : keywords) {
        if (t.kind(k) == Tokens.WORD && t.hash(k) == keyword) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean checked(byte[] b, int from, int to) {
    return switch (checksum) {
      case NONE -> true;
      case LUHN -> luhn(b, from, to);
      case MOD11 -> mod11(b, from, to);
    };
  }

  private static boolean luhn(byte[] b, int from, int to) {
    int sum = 0;
    int n = 0;
    for (int i = to - 1; i >= from; i--) {
      if (Bytes.isDigit(b[i])) {
        int d = b[i] - '0';
        sum += (n++ & 1) == 0 ? d : d < 5 ? 2 * d : 2 * d - 9;
      }
    }
    return n > 1 && sum % 10 == 0;
  }

  /** Weights 1, 2, 3... from the last digit on; the sum is a multiple of 11. */
  private static boolean mod11(byte[] b, int from, int to) {
    int sum = 0;
    int n = 0;
    for (int i = to - 1; i >= from; i--) {
      if (Bytes.isDigit(b[i])) {
        sum += ++n * (b[i] - '0');
      } else if (n == 0 && (b[i] | 0x20) == 'x') {
        sum += ++n * 10;
      }
    }
    return n > 1 && sum % 11 == 0;
  }
}
