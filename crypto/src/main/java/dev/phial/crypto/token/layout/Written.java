package dev.phial.crypto.token.layout;

import org.jspecify.annotations.Nullable;

/**
 * A text taken apart: its number among the texts that keep what it keeps. FF1 replaces the numerals in place; {@link #text}
 * puts them together again.
 */
public final class Written implements Reading {
  private static final byte[] NOTHING = {};

  private final Numbering numbering;
  private final byte[] numerals;
  private final String like;
  private final byte[] bound;
  private final @Nullable Written also;

  /** A text of which nothing that is kept counts. */
  public Written(Numbering numbering, byte[] numerals, String like) {
    this(numbering, numerals, like, NOTHING, null);
  }

  /**
   * A text of one or two parts, each with a number of its own.
   *
   * @param bound what of the text is kept and makes for another permutation
   * @param also the part behind it
   */
  public Written(
      Numbering numbering, byte[] numerals, String like, byte[] bound, @Nullable Written also) {
    this.numbering = numbering;
    this.numerals = numerals;
    this.like = like;
    this.bound = bound;
    this.also = also;
  }

  /**
   * This text with a constant one behind it, and perhaps another part behind that.
   *
   * @param boundTo what else of the whole is kept and makes for another permutation
   */
  public Written followedBy(String suffix, byte[] boundTo, @Nullable Written next) {
    return new Written(new Followed(numbering, suffix), numerals, like, boundTo, next);
  }

  /** The text of other numerals. */
  public Written with(byte[] otherNumerals, @Nullable Written otherAlso) {
    return new Written(numbering, otherNumerals, like, bound, otherAlso);
  }

  /** The numerals themselves: who changes them changes the text. */
  public byte[] numerals() {
    return numerals;
  }

  public NumeralSpace space() {
    return numbering.space();
  }

  public byte[] bound() {
    return bound;
  }

  public @Nullable Written also() {
    return also;
  }

  /** The text as it was read, whatever its numerals are now. */
  public String like() {
    return like;
  }

  /** The text that the numerals stand for now. */
  public String text() {
    String text = numbering.write(numerals, like);
    return also == null ? text : text + also.text();
  }

  @Override
  public String toString() {
    return "Written[" + like.length() + " characters]";
  }
}
