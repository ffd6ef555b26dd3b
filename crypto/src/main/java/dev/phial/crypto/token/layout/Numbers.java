package dev.phial.crypto.token.layout;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Decimal numbers of a fixed number of digits, without some. */
public final class Numbers implements Choice {
  private final int width;
  private final int[] allowed;
  private final int[] ranks;
  private final Misfit excluded;

  /**
   * @param width digits
   * @param allowed which numbers there are
   * @param excluded the rule that the others break
   */
  public Numbers(int width, IntPredicate allowed, Misfit excluded) {
    this.width = width;
    this.excluded = excluded;
    this.ranks = new int[IntStream.range(0, width).reduce(1, (power, i) -> power * 10)];
    this.allowed = IntStream.range(0, ranks.length).filter(allowed).toArray();
    Arrays.fill(ranks, -1);
    for (int rank = 0; rank < this.allowed.length; rank++) {
      ranks[this.allowed[rank]] = rank;
    }
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int size() {
    return allowed.length;
  }

  @Override
  public int rank(String text, int at) {
    int number = number(text, at);
    return number < 0 ? -1 : ranks[number];
  }

  @Override
  public Misfit misfit(String text, int at) {
    return number(text, at) < 0 ? Misfit.ALPHABET : excluded;
  }

  private int number(String text, int at) {
    int number = 0;
    for (int i = at; i < at + width; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  @Override
  public void put(int rank, char[] out, int at) {
    int rest = allowed[rank];
    for (int i = at + width - 1; i >= at; i--) {
      out[i] = (char) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
