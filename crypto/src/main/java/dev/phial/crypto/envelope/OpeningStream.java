package dev.phial.crypto.envelope;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Reads a sealed stream's plaintext. It ends, with -1, after the authentic last frame and in no other way. {@link
 * OpenFailedException} is no {@code IOException} on purpose: some readers take those for an end.
 */
final class OpeningStream extends InputStream {
  private final InputStream in;
  private final StreamOpener opener;
  private final byte[] chunk;
  private final FrameBuffer kept;
  private ByteBuffer ready = ByteBuffer.allocate(0);
  private boolean ended;

  OpeningStream(InputStream in, StreamOpener opener, FrameSize size) {
    this.in = in;
    this.opener = opener;
    // One chunk completes one frame at most: it holds no more than the smallest frame.
    this.chunk = new byte[FrameSize.KIB_16.sealed()];
    this.kept = new FrameBuffer(size.bytes());
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] out, int at, int length) throws IOException {
    Objects.checkFromIndexSize(at, length, out.length);
    if (length == 0) {
      return 0;
    }
    while (!ready.hasRemaining() && !ended) {
      fill();
    }
    int given = Math.min(length, ready.remaining());
    ready.get(out, at, given);
    return given == 0 ? -1 : given;
  }

  private void fill() throws IOException {
    int got = in.read(chunk);
    if (got < 0) {
      opener.finish(this::keep);
      ended = true;
    } else {
      opener.update(ByteBuffer.wrap(chunk, 0, got), this::keep);
    }
  }

  private void keep(ByteBuffer plain) {
    ready = kept.room(plain.remaining()).put(plain).flip();
  }

  @Override
  public int available() {
    return ready.remaining();
  }

  @Override
  public void close() throws IOException {
    opener.close();
    ready.limit(0);
    kept.wipe();
    in.close();
  }
}
