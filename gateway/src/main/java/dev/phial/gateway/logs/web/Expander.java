package dev.phial.gateway.logs.web;

import dev.phial.masking.stream.GzipMembers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.InflaterInputStream;

/** Decompresses bodies, within bounds. What is compressed otherwise, or more than once, is refused. */
final class Expander {
  private static final int MOST_RATIO = 100;
  private static final int ALWAYS_ALLOWED = 1 << 20;

  private Expander() {}

  /**
   * The body as it was before it was compressed.
   *
   * @param encoding the value of Content-Encoding; empty for none
   * @param most the most bytes
   */
  static byte[] expand(byte[] body, String encoding, int most) {
    return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> body;
      case "gzip", "x-gzip", "deflate" ->
        read(body, encoding.toLowerCase(Locale.ROOT).contains("gzip"), most);
      default ->
        throw new WebRefusal(415, "encoding", "Content-Encoding must be gzip, deflate or identity");
    };
  }

  private static byte[] read(byte[] body, boolean gzip, int most) {
    try {
      return gzip
          ? gunzip(body, most)
          : all(new InflaterInputStream(new ByteArrayInputStream(body)), body.length, most);
    } catch (ExpandedException e) {
      throw new WebRefusal(
          413,
          "too-large",
          "the body has more than " + bound(body.length, most)
              + " bytes when it is decompressed; the limits are logs.limits.expanded and "
              + MOST_RATIO
              + " times its size");
    } catch (IOException e) {
      throw WebRefusal.malformed("the body is not what Content-Encoding says");
    }
  }

  /** It is too much. */
  static final class ExpandedException extends IOException {
    @java.io.Serial
    private static final long serialVersionUID = 1L;
  }

  /**
   * All members of a gzip file.
   *
   * @throws ExpandedException when it is more than {@code most} bytes, or more than 100 times as much as it was
   */
  static byte[] gunzip(byte[] body, int most) throws IOException {
    return all(new GzipMembers(new ByteArrayInputStream(body)), body.length, most);
  }

  private static long bound(int length, int most) {
    return Math.min(most, Math.max(ALWAYS_ALLOWED, (long) MOST_RATIO * length));
  }

  private static byte[] all(InputStream in, int length, int most) throws IOException {
    long bound = bound(length, most);
    ByteArrayOutputStream out = new ByteArrayOutputStream(Math.max(512, 2 * length));
    byte[] piece = new byte[16 << 10];
    for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
      if (out.size() + n > bound) {
        throw new ExpandedException();
      }
      out.write(piece, 0, n);
    }
    return out.toByteArray();
  }
}
