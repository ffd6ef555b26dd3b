package dev.phial.crypto.envelope;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/** Writes the body of a record. For one record. */
final class RecordWriter {
  /** Bytes of the count before the fields. */
  static final int COUNT = Short.BYTES;

  /** Bytes of a field besides name and value: the two lengths. */
  static final int FIELD_OVERHEAD = Byte.BYTES + Integer.BYTES;

  private final String[] names;
  private final byte[][] values;

  RecordWriter(Map<String, byte[]> fields) {
    names = fields.keySet().toArray(String[]::new);
    Arrays.sort(names);
    values = new byte[names.length][];
    for (int i = 0; i < names.length; i++) {
      values[i] = Objects.requireNonNull(fields.get(names[i]), "a field's value");
    }
  }

  RecordFields write() {
    if (names.length == 0 || names.length > RecordFields.MAX_FIELDS) {
      throw new IllegalArgumentException(
          "a record has 1 to " + RecordFields.MAX_FIELDS + " fields");
    }
    ByteBuffer out = ByteBuffer.allocate(length());
    int[] starts = new int[names.length];
    out.putShort((short) names.length);
    for (int i = 0; i < names.length; i++) {
      out.put((byte) names[i].length());
      out.put(names[i].getBytes(StandardCharsets.ISO_8859_1));
      out.putInt(values[i].length);
      starts[i] = out.position();
      out.put(values[i]);
    }
    return RecordFields.checked(out.array(), names, starts);
  }

  private int length() {
    long length = COUNT;
    for (int i = 0; i < names.length; i++) {
      if (!RecordFields.isName(names[i])) {
        throw new IllegalArgumentException("a field's name has 1 to " + RecordFields.MAX_NAME
            + " printable ASCII characters and no space");
      }
      length += FIELD_OVERHEAD + names[i].length() + values[i].length;
    }
    if (length > EnvelopeCipher.MAX_PLAINTEXT) {
      throw new IllegalArgumentException(
          "a record holds at most " + EnvelopeCipher.MAX_PLAINTEXT + " bytes, names included");
    }
    return (int) length;
  }
}
