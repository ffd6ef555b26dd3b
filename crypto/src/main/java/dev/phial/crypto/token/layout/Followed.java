package dev.phial.crypto.token.layout;

/**
 * The texts of another numbering, each followed by the same text.
 *
 * @param texts the numbering
 * @param suffix what follows
 */
record Followed(Numbering texts, String suffix) implements Numbering {

  @Override
  public NumeralSpace space() {
    return texts.space();
  }

  @Override
  public String write(byte[] numerals, String like) {
    return texts.write(numerals, like) + suffix;
  }
}
