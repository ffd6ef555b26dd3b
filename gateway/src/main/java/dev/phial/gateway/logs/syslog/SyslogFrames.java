package dev.phial.gateway.logs.syslog;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Takes messages out of a byte stream (RFC 6587). A connection whose first byte is a digit counts octets, {@code MSG-LEN SP
 * MSG}; any other ends each message with LF. The first byte decides for the whole connection: otherwise a line that begins
 * with a number, as those of stack traces may, would swallow its successors.
 *
 * <p>Messages that are too long are passed over whole: cut in two, what was recognizable could no longer be. For one thread.
 */
final class SyslogFrames {
  private static final int MOST_DIGITS = 9;
  private static final int FIRST_SIZE = 1 << 10;
  private static final byte LF = '\n';

  /** Who gets the messages. */
  interface Sink {
    void message(byte[] message);

    /** A message was longer than the limit, and is left out. */
    void tooLarge();
  }

  private enum State {
    START,
    LINE,
    LENGTH,
    BODY,
    BROKEN
  }

  private final int most;
  private final Sink sink;
  private State state = State.START;
  private byte[] held = new byte[FIRST_SIZE];
  private int size;
  private boolean passingOver;
  private int digits;
  private int left;

  SyslogFrames(int most, Sink sink) {
    this.most = most;
    this.sink = sink;
  }

  /**
   * Takes the next bytes of the stream, all of them.
   *
   * @throws IllegalArgumentException when octets are counted and what stands there is no count
   */
  void feed(ByteBuf in) {
    while (in.isReadable()) {
      switch (state) {
        case START -> state = digit(in.getByte(in.readerIndex())) ? State.LENGTH : State.LINE;
        case LINE -> line(in);
        case LENGTH -> length(in.readByte());
        case BODY -> body(in);
        case BROKEN -> in.skipBytes(in.readableBytes());
      }
    }
  }

  /** Whether the stream may end here: not within a message. */
  boolean complete() {
    return size == 0 && digits == 0 && left == 0 && !passingOver;
  }

  private void line(ByteBuf in) {
    int length = in.bytesBefore(LF);
    hold(in, length < 0 ? in.readableBytes() : length);
    if (length >= 0) {
      in.skipBytes(1);
      emit();
    }
  }

  private void length(byte b) {
    if (digit(b) && digits < MOST_DIGITS && !(digits == 0 && b == '0')) {
      left = left * 10 + (b - '0');
      digits++;
    } else if (b == ' ' && digits > 0) {
      digits = 0;
      state = State.BODY;
    } else if (digits > 0 || (b != LF && b != '\r')) { // some senders end each message with LF, too
      state = State.BROKEN;
      throw new IllegalArgumentException(
          "octets are counted (RFC 6587, section 3.4.1), and there is no count");
    }
  }

  private void body(ByteBuf in) {
    int length = Math.min(left, in.readableBytes());
    hold(in, length);
    left -= length;
    if (left == 0) {
      state = State.LENGTH;
      emit();
    }
  }

  private void hold(ByteBuf in, int length) {
    if (passingOver || length > most - size) {
      passingOver = true;
      size = 0;
      in.skipBytes(length);
      return;
    }
    if (length > held.length - size) {
      held = Arrays.copyOf(held, Math.min(most, Math.max(size + length, 2 * held.length)));
    }
    in.readBytes(held, size, length);
    size += length;
  }

  private void emit() {
    int end = size;
    while (end > 0 && trailer(held[end - 1])) {
      end--;
    }
    if (passingOver) {
      sink.tooLarge();
    } else if (end > 0) {
      sink.message(Arrays.copyOf(held, end));
    }
    passingOver = false;
    size = 0;
  }

  /** CR before LF, and what some senders put behind a counted message. */
  static boolean trailer(byte b) {
    return b == LF || b == '\r' || b == 0;
  }

  private static boolean digit(byte b) {
    return b >= '0' && b <= '9';
  }
}
