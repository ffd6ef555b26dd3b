package dev.phial.gateway.logs.buffer;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * A parcel as a record of version 1: length (4 bytes), CRC-32C of length and payload (4), payload. The payload: number of
 * events (4), number of fields (2), each field's name and value with their lengths (2 each), the body. Integers are
 * big-endian, texts UTF-8, fields in the order of their names.
 */
final class ParcelFormat {
  /** Length and checksum. */
  static final int HEAD_BYTES = 8;

  /** No parcel is longer; a length beyond it is damage. */
  static final int MOST_BYTES = 1 << 28;

  private static final int MOST_TEXT = (1 << 16) - 1;

  private ParcelFormat() {}

  /**
   * The record.
   *
   * @throws IllegalArgumentException when the parcel is too long
   */
  static ByteBuffer encode(Parcel parcel) {
    List<byte[]> texts = texts(parcel.fields());
    long length = 6L + parcel.body().remaining();
    for (byte[] text : texts) {
      length += 2 + text.length;
    }
    if (length > MOST_BYTES) {
      throw new IllegalArgumentException("a parcel has more than " + MOST_BYTES + " bytes");
    }
    ByteBuffer record = ByteBuffer.allocate(HEAD_BYTES + (int) length);
    record.putInt((int) length).putInt(0).putInt(parcel.events());
    record.putShort((short) (texts.size() / 2));
    texts.forEach(text -> record.putShort((short) text.length).put(text));
    record.put(parcel.body().duplicate()).flip();
    return record.putInt(4, checksum(record.array(), HEAD_BYTES, (int) length));
  }

  private static List<byte[]> texts(Map<String, String> fields) {
    List<byte[]> texts = new ArrayList<>();
    new TreeMap<>(fields).forEach((name, value) -> {
      texts.add(text(name));
      texts.add(text(value));
    });
    return texts;
  }

  private static byte[] text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MOST_TEXT) {
      throw new IllegalArgumentException("a parcel's field has more than " + MOST_TEXT + " bytes");
    }
    return bytes;
  }

  /** The checksum of a payload, with its length before it. */
  static int checksum(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(4).putInt(length).flip());
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }

  /**
   * Reads a payload whose checksum was right.
   *
   * @throws IOException when it is not one
   */
  static Parcel decode(byte[] payload) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(payload);
    try {
      int events = in.getInt();
      int count = Short.toUnsignedInt(in.getShort());
      Map<String, String> fields = new TreeMap<>();
      for (int i = 0; i < count; i++) {
        fields.put(text(in), text(in));
      }
      return new Parcel(events, fields, in.slice().asReadOnlyBuffer());
    } catch (BufferUnderflowException e) {
      throw new IOException("a record of the log buffer ends too early", e);
    }
  }

  private static String text(ByteBuffer in) {
    byte[] text = new byte[Short.toUnsignedInt(in.getShort())];
    in.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }
}
