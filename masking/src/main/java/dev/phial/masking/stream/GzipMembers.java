package dev.phial.masking.stream;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * All members of a gzip stream (RFC 1952), one after the other, in a bounded buffer whatever they expand to. Confined to a
 * thread.
 *
 * <p>{@link java.util.zip.GZIPInputStream} leaves out what follows a member when it is no header, and, on a slow pipe, also
 * when it is one: lines would be gone and nobody told. Here a stream that is cut, damaged or followed by anything but zeros
 * (which tapes pad with) fails, after what was whole has been given out.
 */
public final class GzipMembers extends InputStream {
  private static final int BUFFER = 1 << 16;
  private static final int HAS_CRC = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;
  private static final int RESERVED = 0xe0;

  /** It becomes too large beside what it was. */
  public static final class RatioException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    RatioException(int most) {
      super("it becomes more than " + most + " times as large when it is decompressed");
    }
  }

  private final InputStream in;
  private final int mostRatio;
  private final long always;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] held = new byte[BUFFER];
  private int at;
  private int limit;
  private long compressed;
  private long expanded;
  private long size;
  private int members;
  private boolean open;
  private boolean ended;

  /** Members without a bound to what they become. */
  public GzipMembers(InputStream in) {
    this(in, Integer.MAX_VALUE, Long.MAX_VALUE);
  }

  /**
   * Members that may become so much larger and not more.
   *
   * @param mostRatio how many times as large as it was
   * @param always so many bytes are allowed whatever the ratio
   */
  public GzipMembers(InputStream in, int mostRatio, long always) {
    this.in = in;
    this.mostRatio = mostRatio;
    this.always = always;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, to.length);
    while (length > 0) {
      if (ended || (!open && !begin())) {
        ended = true;
        return -1;
      }
      int n = inflate(to, from, length);
      if (n > 0) {
        return n;
      }
    }
    return 0;
  }

  private int inflate(byte[] to, int from, int length) throws IOException {
    int n;
    try {
      n = inflater.inflate(to, from, length);
    } catch (DataFormatException e) {
      throw new ZipException("the compressed data is damaged");
    }
    if (n > 0) {
      crc.update(to, from, n);
      size += n;
      expanded += n;
      check();
    } else if (inflater.finished()) {
      at = limit - inflater.getRemaining();
      end();
    } else if (inflater.needsInput()) {
      fill();
      inflater.setInput(held, 0, limit);
    } else {
      throw new ZipException("the compressed data wants a dictionary");
    }
    return n;
  }

  private void check() throws RatioException {
    long taken = compressed - inflater.getRemaining();
    if (expanded > always && expanded / mostRatio >= taken) {
      throw new RatioException(mostRatio);
    }
  }

  /** The next member's header; false when there is none. */
  private boolean begin() throws IOException {
    int first = next();
    while (members > 0 && first == 0) {
      first = next();
    }
    if (first < 0) {
      return false;
    }
    if (first != 0x1f || next() != 0x8b || next() != 8) {
      throw new ZipException(
          members == 0 ? "this is no gzip" : "after the compressed data stands something else");
    }
    int flags = need();
    if ((flags & RESERVED) != 0) {
      throw new ZipException("the header has flags that RFC 1952 does not know");
    }
    skip(6);
    if ((flags & HAS_EXTRA) != 0) {
      int low = need();
      skip(low | need() << 8);
    }
    if ((flags & HAS_NAME) != 0) {
      skipText();
    }
    if ((flags & HAS_COMMENT) != 0) {
      skipText();
    }
    if ((flags & HAS_CRC) != 0) {
      skip(2);
    }
    members++;
    open = true;
    size = 0;
    crc.reset();
    inflater.reset();
    inflater.setInput(held, at, limit - at);
    return true;
  }

  private void end() throws IOException {
    open = false;
    if (number() != crc.getValue() || number() != (size & 0xffffffffL)) {
      throw new ZipException("the compressed data is damaged: its check sum differs");
    }
  }

  private long number() throws IOException {
    long n = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      n |= (long) need() << shift;
    }
    return n;
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      need();
    }
  }

  private void skipText() throws IOException {
    while (need() != 0) {
      // a name, or a comment
    }
  }

  private int need() throws IOException {
    int b = next();
    if (b < 0) {
      throw cut();
    }
    return b;
  }

  private int next() throws IOException {
    if (at == limit && !filled()) {
      return -1;
    }
    return held[at++] & 0xff;
  }

  private void fill() throws IOException {
    if (!filled()) {
      throw cut();
    }
  }

  private boolean filled() throws IOException {
    int n = in.read(held);
    at = 0;
    limit = Math.max(0, n);
    compressed += limit;
    return n > 0;
  }

  private static EOFException cut() {
    return new EOFException("the compressed data is cut: its end is missing");
  }

  /** Whether there may be more; what it becomes is not known. */
  @Override
  public int available() {
    return ended ? 0 : 1;
  }

  @Override
  public void close() throws IOException {
    ended = true;
    inflater.end();
    in.close();
  }
}
