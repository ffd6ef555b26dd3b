package dev.phial.gateway.http;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A body in chunks, RFC 9112, section 7.1, in its plainest form: hexadecimal digits, CR LF, the bytes, CR LF. Chunk
 * extensions are refused: they carry nothing that is needed and much that readers disagree on.
 */
final class ChunkedBody implements BodyReader {
  private static final int MAX_DIGITS = 8;
  private static final int MAX_TRAILER_BYTES = 8 << 10;
  private static final String RULE = "9112, section 7.1";

  private enum State {
    SIZE,
    SIZE_LF,
    DATA,
    DATA_CR,
    DATA_LF,
    TRAILER,
    END
  }

  private final boolean trailers;
  private State state = State.SIZE;
  private long size;
  private int digits;
  private int line;
  private int trailerBytes;
  private boolean cr;

  /**
   * @param trailers whether a trailer section is passed over, or refused
   */
  ChunkedBody(boolean trailers) {
    this.trailers = trailers;
  }

  @Override
  public @Nullable ByteBuf read(ByteBuf in) {
    while (in.isReadable() && state != State.END) {
      if (state == State.DATA) {
        int length = (int) Math.min(size, in.readableBytes());
        size -= length;
        state = size == 0 ? State.DATA_CR : State.DATA;
        return in.readRetainedSlice(length);
      }
      take(in.readByte());
    }
    return null;
  }

  private void take(byte b) {
    switch (state) {
      case SIZE -> size(b);
      case SIZE_LF -> {
        expect(b, '\n');
        state = size == 0 ? State.TRAILER : State.DATA;
        digits = 0;
      }
      case DATA_CR -> {
        expect(b, '\r');
        state = State.DATA_LF;
      }
      case DATA_LF -> {
        expect(b, '\n');
        state = State.SIZE;
      }
      case TRAILER -> trailer(b);
      case DATA, END -> throw new IllegalStateException();
    }
  }

  private void size(byte b) {
    int digit = b >= 0 ? Character.digit(b, 16) : -1;
    if (digit >= 0) {
      if (++digits > MAX_DIGITS) {
        throw FramingException.of(RULE, "a chunk size has more than " + MAX_DIGITS + " digits");
      }
      size = size << 4 | digit;
    } else if (b == '\r' && digits > 0) {
      state = State.SIZE_LF;
    } else if (b == ';' && digits > 0) {
      throw FramingException.of("9112, section 7.1.1", "a chunk has an extension");
    } else {
      throw FramingException.of(RULE, "a chunk size is not hexadecimal digits and CR LF");
    }
  }

  private static void expect(byte b, char expected) {
    if (b != expected) {
      throw FramingException.of(RULE, "a chunk or its size does not end with CR LF");
    }
  }

  private void trailer(byte b) {
    if (cr) {
      expect(b, '\n');
      cr = false;
      state = line == 0 ? State.END : State.TRAILER;
      line = 0;
    } else if (b == '\r') {
      cr = true;
    } else if (!trailers) {
      throw FramingException.of("9112, section 7.1.2", "the request has trailer fields");
    } else if (++trailerBytes > MAX_TRAILER_BYTES || b == '\n') {
      throw FramingException.of("9112, section 7.1.2", "the trailer section is too long or broken");
    } else {
      line++;
    }
  }

  @Override
  public boolean ended() {
    return state == State.END;
  }
}
