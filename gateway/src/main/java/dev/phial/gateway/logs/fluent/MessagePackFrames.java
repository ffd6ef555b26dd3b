package dev.phial.gateway.logs.fluent;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds where one MessagePack value ends and the next begins, in a stream that comes in pieces: each byte is looked at once.
 * For one thread.
 */
final class MessagePackFrames {
  private static final int MOST_DEPTH = 64;

  private final int most;
  private final long[] missing = new long[MOST_DEPTH];
  private byte[] held = new byte[1 << 10];
  private int size;
  private int at;
  private int depth;

  MessagePackFrames(int most) {
    this.most = most;
  }

  /** A value was longer or deeper than allowed, or no MessagePack; the stream is of no further use. */
  static final class FrameException extends RuntimeException {
    @java.io.Serial
    private static final long serialVersionUID = 1L;

    private final boolean tooLarge;

    FrameException(boolean tooLarge) {
      super(tooLarge ? "the message is too large" : "it is not MessagePack", null, false, false);
      this.tooLarge = tooLarge;
    }

    boolean tooLarge() {
      return tooLarge;
    }
  }

  /** Takes bytes of the stream, all of them. */
  void add(ByteBuf in) {
    int length = in.readableBytes();
    if (size + length > held.length) {
      held = Arrays.copyOf(held, Math.max(size + length, 2 * held.length));
    }
    in.readBytes(held, size, length);
    size += length;
  }

  /** The next whole value, when it is there. */
  Optional<byte[]> next() {
    while (true) {
      if (at >= size) {
        return whole();
      }
      long length = length(held[at] & 0xff);
      if (length < 0 || at + length > size) {
        if (at + Math.max(0, length) > most) {
          throw new FrameException(true);
        }
        return Optional.empty();
      }
      long children = children(held[at] & 0xff);
      at += (int) length;
      if (at > most) {
        throw new FrameException(true);
      }
      if (finished(children)) {
        byte[] value = Arrays.copyOf(held, at);
        System.arraycopy(held, at, held, 0, size - at);
        size -= at;
        at = 0;
        return Optional.of(value);
      }
    }
  }

  private Optional<byte[]> whole() {
    if (size > most) {
      throw new FrameException(true);
    }
    return Optional.empty();
  }

  /** Whether the stream may end here: not within a value. */
  boolean complete() {
    return size == 0;
  }

  /** Counts a value; whether it was the last of the outermost. */
  private boolean finished(long children) {
    if (children > 0) {
      if (depth == MOST_DEPTH) {
        throw new FrameException(true);
      }
      missing[depth++] = children;
      return false;
    }
    while (depth > 0 && --missing[depth - 1] == 0) {
      depth--;
    }
    return depth == 0;
  }

  /** The bytes of a value without its children; negative when more must come to know. */
  private long length(int type) {
    if (type <= 0x9f || type >= 0xe0) {
      return 1; // small numbers, maps and arrays
    }
    if (type <= 0xbf) {
      return 1L + (type & 0x1f);
    }
    return switch (type) {
      case 0xc0, 0xc2, 0xc3 -> 1;
      case 0xc4, 0xd9 -> counted(1, 0);
      case 0xc5, 0xda -> counted(2, 0);
      case 0xc6, 0xdb -> counted(4, 0);
      case 0xc7 -> counted(1, 1);
      case 0xc8 -> counted(2, 1);
      case 0xc9 -> counted(4, 1);
      case 0xcc, 0xd0 -> 2;
      case 0xcd, 0xd1, 0xd4, 0xdc, 0xde -> 3;
      case 0xca, 0xce, 0xd2, 0xdd, 0xdf -> 5;
      case 0xcb, 0xcf, 0xd3 -> 9;
      case 0xd5 -> 4;
      case 0xd6 -> 6;
      case 0xd7 -> 10;
      case 0xd8 -> 18;
      default -> throw new FrameException(false);
    };
  }

  private long counted(int digits, int more) {
    long count = number(digits);
    return count < 0 ? -1 : 1 + digits + more + count;
  }

  private long children(int type) {
    if (type >= 0x80 && type <= 0x8f) {
      return 2L * (type & 0x0f);
    }
    if (type >= 0x90 && type <= 0x9f) {
      return type & 0x0f;
    }
    return switch (type) {
      case 0xdc -> number(2);
      case 0xdd -> number(4);
      case 0xde -> 2 * number(2);
      case 0xdf -> 2 * number(4);
      default -> 0;
    };
  }

  private long number(int digits) {
    if (at + 1 + digits > size) {
      return -1;
    }
    long number = 0;
    for (int i = 1; i <= digits; i++) {
      number = (number << 8) | (held[at + i] & 0xff);
    }
    return number;
  }
}
