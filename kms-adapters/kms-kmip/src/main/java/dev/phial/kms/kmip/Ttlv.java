package dev.phial.kms.kmip;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An item of KMIP's encoding: tag, type, length, value, padded to eight bytes (KMIP 1.4, 9.1). What is read comes from the
 * network: lengths and depth are checked before anything is taken for granted.
 */
final class Ttlv {
  static final int HEADER_BYTES = 8;
  private static final int STRUCTURE = 1;
  private static final int INTEGER = 2;
  private static final int ENUMERATION = 5;
  private static final int TEXT = 7;
  private static final int BYTES = 8;
  private static final int MOST_LEVELS = 16;

  private final int tag;
  private final int type;
  private final byte[] value;
  private final List<Ttlv> items;

  private Ttlv(int tag, int type, byte[] value, List<Ttlv> items) {
    this.tag = tag;
    this.type = type;
    this.value = value;
    this.items = items;
  }

  static Ttlv structure(int tag, Ttlv... items) {
    return new Ttlv(tag, STRUCTURE, new byte[0], List.of(items));
  }

  static Ttlv integer(int tag, int value) {
    return new Ttlv(
        tag, INTEGER, ByteBuffer.allocate(Integer.BYTES).putInt(value).array(), List.of());
  }

  static Ttlv enumeration(int tag, int value) {
    return new Ttlv(
        tag, ENUMERATION, ByteBuffer.allocate(Integer.BYTES).putInt(value).array(), List.of());
  }

  static Ttlv text(int tag, String value) {
    return new Ttlv(tag, TEXT, value.getBytes(StandardCharsets.UTF_8), List.of());
  }

  static Ttlv bytes(int tag, byte[] value) {
    return new Ttlv(tag, BYTES, value.clone(), List.of());
  }

  /**
   * Reads one item that fills {@code encoded}.
   *
   * @throws IllegalArgumentException when it is not one
   */
  static Ttlv parse(byte[] encoded) {
    ByteBuffer buffer = ByteBuffer.wrap(encoded);
    Ttlv item = read(buffer, MOST_LEVELS);
    if (buffer.hasRemaining()) {
      throw new IllegalArgumentException("bytes after the end of a KMIP message");
    }
    return item;
  }

  private static Ttlv read(ByteBuffer in, int levels) {
    try {
      int word = in.getInt();
      int length = in.getInt();
      if (levels == 0 || length < 0 || padded(length) > in.remaining()) {
        throw new IllegalArgumentException("a KMIP item is longer or deeper than its message");
      }
      byte[] value = new byte[length];
      in.get(value);
      in.position(in.position() + padded(length) - length);
      boolean structure = (word & 0xff) == STRUCTURE;
      List<Ttlv> items = structure ? items(value, levels - 1) : List.of();
      return new Ttlv(word >>> 8, word & 0xff, value, items);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("a KMIP item is cut short", e);
    }
  }

  private static List<Ttlv> items(byte[] value, int levels) {
    List<Ttlv> items = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(value);
    while (in.hasRemaining()) {
      items.add(read(in, levels));
    }
    return items;
  }

  byte[] encoded() {
    byte[] content = content();
    return ByteBuffer.allocate(HEADER_BYTES + padded(content.length))
        .putInt(tag << 8 | type)
        .putInt(content.length)
        .put(content)
        .array();
  }

  private byte[] content() {
    if (type != STRUCTURE) {
      return value;
    }
    List<byte[]> parts = items.stream().map(Ttlv::encoded).toList();
    ByteBuffer content =
        ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
    parts.forEach(content::put);
    parts.forEach(part -> Arrays.fill(part, (byte) 0));
    return content.array();
  }

  /** The first item with a tag. */
  Optional<Ttlv> find(int wanted) {
    return items.stream().filter(item -> item.tag == wanted).findFirst();
  }

  /** All items with a tag. */
  List<Ttlv> all(int wanted) {
    return items.stream().filter(item -> item.tag == wanted).toList();
  }

  /** The number of an integer or enumeration, 0 when it is neither. */
  int number() {
    return (type == INTEGER || type == ENUMERATION) && value.length == Integer.BYTES
        ? ByteBuffer.wrap(value).getInt()
        : 0;
  }

  String text() {
    return type == TEXT ? new String(value, StandardCharsets.UTF_8) : "";
  }

  byte[] bytes() {
    return type == BYTES ? value.clone() : new byte[0];
  }

  int tag() {
    return tag;
  }

  private static int padded(int length) {
    return length > Integer.MAX_VALUE - 7 ? Integer.MAX_VALUE : (length + 7) & ~7;
  }

  @Override
  public String toString() {
    return String.format("Ttlv[%06x]", tag);
  }
}
