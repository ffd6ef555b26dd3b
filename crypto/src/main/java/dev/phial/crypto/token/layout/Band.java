package dev.phial.crypto.token.layout;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Words from a shortest length up to the first at which there are enough of them, as one set: a short word hides among the
 * longer ones, and its token has another length than it, mostly the greatest.
 */
public final class Band implements Numbering {
  private final Symbols first;
  private final Symbols rest;
  private final int shortest;
  // How many words are shorter than shortest + i.
  private final long[] before;
  private final NumeralSpace space;

  /**
   * @param first the set of a word's first character
   * @param rest the set of all others
   * @param enough how many words there must be
   */
  public Band(Symbols first, Symbols rest, int shortest, long enough) {
    this.first = first;
    this.rest = rest;
    this.shortest = shortest;
    List<Long> counts = new ArrayList<>(List.of(0L));
    long words = first.size() * power(rest.size(), shortest - 1);
    while (counts.get(counts.size() - 1) < enough) {
      counts.add(counts.get(counts.size() - 1) + words);
      words *= rest.size();
    }
    this.before = counts.stream().mapToLong(Long::longValue).toArray();
    this.space = NumeralSpace.of(BigInteger.valueOf(before[before.length - 1]));
  }

  private static long power(long base, int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= base;
    }
    return power;
  }

  @Override
  public NumeralSpace space() {
    return space;
  }

  private int longest() {
    return shortest + before.length - 2;
  }

  /** Whether a text is one of the words. */
  public boolean has(String text) {
    int length = text.length();
    if (length < shortest || length > longest() || !first.has(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < length; i++) {
      if (!rest.has(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Takes a word apart that it {@link #has}. */
  public Written read(String word) {
    long number = first.rank(word.charAt(0));
    for (int i = 1; i < word.length(); i++) {
      number = number * rest.size() + rest.rank(word.charAt(i));
    }
    return new Written(this, space.write(before[word.length() - shortest] + number), word);
  }

  @Override
  public String write(byte[] numerals, String like) {
    long number = space.longNumber(numerals);
    int length = shortest;
    while (number >= before[length - shortest + 1]) {
      length++;
    }
    long left = number - before[length - shortest];
    char[] out = new char[length];
    for (int i = length - 1; i > 0; i--) {
      rest.put((int) (left % rest.size()), out, i);
      left /= rest.size();
    }
    first.put((int) left, out, 0);
    return new String(out);
  }
}
