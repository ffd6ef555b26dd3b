package dev.phial.crypto.envelope;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads the body of a record, which is authentic but need not be well made. Believes no length before it has checked it. For one record. */
final class RecordReader {
  private final byte[] body;
  private final ByteBuffer in;

  RecordReader(byte[] body) {
    this.body = body;
    this.in = ByteBuffer.wrap(body);
  }

  RecordFields read() {
    int count = Short.toUnsignedInt(in.remaining() < RecordWriter.COUNT ? 0 : in.getShort());
    require(count >= 1 && count <= RecordFields.MAX_FIELDS);
    String[] names = new String[count];
    int[] starts = new int[count];
    String previous = "";
    for (int i = 0; i < count; i++) {
      names[i] = name();
      require(names[i].compareTo(previous) > 0);
      previous = names[i];
      starts[i] = value();
    }
    require(!in.hasRemaining());
    return RecordFields.checked(body, names, starts);
  }

  private String name() {
    require(in.hasRemaining());
    int length = Byte.toUnsignedInt(in.get());
    require(length <= in.remaining());
    String name = new String(body, in.position(), length, StandardCharsets.ISO_8859_1);
    require(RecordFields.isName(name));
    in.position(in.position() + length);
    return name;
  }

  /** Skips a value; gives its place. */
  private int value() {
    require(in.remaining() >= Integer.BYTES);
    int length = in.getInt();
    int start = in.position();
    require(length >= 0 && length <= in.remaining());
    in.position(start + length);
    return start;
  }

  private static void require(boolean fulfilled) {
    if (!fulfilled) {
      throw new EnvelopeFormatException("the record's fields are not in their canonical form");
    }
  }
}
