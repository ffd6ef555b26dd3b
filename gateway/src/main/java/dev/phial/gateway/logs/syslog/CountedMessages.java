package dev.phial.gateway.logs.syslog;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The messages of a body whose octets are counted, as {@link SyslogBatch} writes it. */
final class CountedMessages implements Iterator<ByteBuffer> {
  private static final byte[] ESCAPED_LF = {'#', '0', '1', '2'};

  private final ByteBuffer body;

  CountedMessages(ByteBuffer body) {
    this.body = body.duplicate();
  }

  @Override
  public boolean hasNext() {
    return body.hasRemaining();
  }

  @Override
  public ByteBuffer next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    int length = 0;
    for (byte b = body.get(); b != ' '; b = body.get()) {
      length = length * 10 + (b - '0');
    }
    ByteBuffer message = body.slice(body.position(), length);
    body.position(body.position() + length);
    return message;
  }

  /** The messages with LF behind each; LF in one is written as other syslog servers write it. */
  static ByteBuffer lines(ByteBuffer body) {
    ByteBuffer lines = ByteBuffer.allocate(body.remaining() + escapes(body));
    CountedMessages messages = new CountedMessages(body);
    while (messages.hasNext()) {
      ByteBuffer message = messages.next();
      while (message.hasRemaining()) {
        byte b = message.get();
        if (b == '\n') {
          lines.put(ESCAPED_LF);
        } else {
          lines.put(b);
        }
      }
      lines.put((byte) '\n');
    }
    return lines.flip();
  }

  /** How many bytes more there may be. The count and the space before a message make room for the LF behind it. */
  private static int escapes(ByteBuffer body) {
    int more = 0;
    for (int i = body.position(); i < body.limit(); i++) {
      more += body.get(i) == '\n' ? ESCAPED_LF.length - 1 : 0;
    }
    return more;
  }
}
