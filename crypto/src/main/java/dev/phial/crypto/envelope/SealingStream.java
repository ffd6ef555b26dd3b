package dev.phial.crypto.envelope;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * Seals what is written to it. {@link #finish} says that all was written. To close without it is to give up: what was written
 * so far then opens to nobody as a whole, so that a failure half way never looks like an end. Not thread-safe.
 */
public final class SealingStream extends OutputStream {
  private final OutputStream out;
  private final StreamSealer sealer;

  SealingStream(OutputStream out, StreamSealer sealer) throws IOException {
    this.out = out;
    this.sealer = sealer;
    out.write(sealer.header().raw());
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int at, int length) throws IOException {
    sealer.update(ByteBuffer.wrap(bytes, at, length), this::pass);
  }

  /** Writes the last frame and flushes. Call once, then close. */
  public void finish() throws IOException {
    sealer.finish(this::pass);
    out.flush();
  }

  private void pass(ByteBuffer frame) throws IOException {
    out.write(frame.array(), frame.arrayOffset() + frame.position(), frame.remaining());
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  /** Closes the output too. */
  @Override
  public void close() throws IOException {
    sealer.close();
    out.close();
  }
}
