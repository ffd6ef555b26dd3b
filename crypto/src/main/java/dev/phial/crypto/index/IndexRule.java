package dev.phial.crypto.index;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer.Form;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How the digests of an element are made.
 *
 * @param normalizers what is ignored; with any, values must be UTF-8 text
 * @param bits how many bits of a digest are kept: {@value #FEWEST} to {@value #ALL}
 */
public record IndexRule(Set<Normalizer> normalizers, int bits) {
  public static final int FEWEST = 16;
  public static final int ALL = 256;

  /** Values as they are, whole digests. */
  public static final IndexRule EXACT = new IndexRule(Set.of(), ALL);

  public IndexRule {
    normalizers = Set.copyOf(normalizers);
    if (bits < FEWEST || bits > ALL) {
      throw new IllegalArgumentException("an index has " + FEWEST + " to " + ALL + " bits");
    }
  }

  /** The family of digests that the rule makes, {@code a1c1/32}; digests of two families are never equal. */
  String family() {
    return ordered().stream().map(Normalizer::id).collect(Collectors.joining()) + "/" + bits;
  }

  /**
   * What is digested of {@code value}: its NFC form once everything that is ignored is gone.
   *
   * @throws IllegalArgumentException when it must be text and is none
   */
  byte[] normalized(byte[] value) {
    if (normalizers.isEmpty()) {
      return value;
    }
    String text = java.text.Normalizer.normalize(text(value), Form.NFD);
    for (Normalizer normalizer : ordered()) {
      text = normalizer.apply(text);
    }
    return java.text.Normalizer.normalize(text, Form.NFC).getBytes(StandardCharsets.UTF_8);
  }

  private Set<Normalizer> ordered() {
    return new TreeSet<>(normalizers);
  }

  private static String text(byte[] value) {
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value));
      return text.toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the value is not UTF-8 text");
    }
  }

  /** How likely two different values have one digest: {@code 2^-bits}. */
  public double collisionRate() {
    return Math.scalb(1.0, -bits);
  }

  /**
   * How many wrong values a search for one finds, on average.
   *
   * @param values how many different values there are
   */
  public double falseMatches(long values) {
    return Math.max(0, values - 1) * collisionRate();
  }
}
