package dev.phial.crypto.token.layout;

import java.util.stream.IntStream;

/** The letters of Latin Extended-A that have both cases: a capital and its small letter follow each other in the block. */
final class LatinA {
  static final String CAPITALS = letters(0);
  static final String SMALL = letters(1);

  private LatinA() {}

  private static String letters(int offset) {
    return pairs(0x100, 0x136, offset)
        + pairs(0x139, 0x147, offset)
        + pairs(0x14A, 0x176, offset)
        + Character.toString(offset == 0 ? 0x178 : 0xFF)
        + pairs(0x179, 0x17D, offset);
  }

  private static String pairs(int first, int last, int offset) {
    return IntStream.iterate(first, code -> code <= last, code -> code + 2)
        .mapToObj(code -> Character.toString(code + offset))
        .reduce("", String::concat);
  }
}
