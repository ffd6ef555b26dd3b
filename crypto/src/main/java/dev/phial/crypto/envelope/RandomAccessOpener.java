package dev.phial.crypto.envelope;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/**
 * The plaintext of a sealed stream, to be read anywhere. Its end was found authentic when it was opened, so {@link #size} is
 * true; each frame is found authentic before a byte of it is given, and the one read last is kept.
 *
 * <p>Reads throw {@link OpenFailedException} for a frame that is not the one sealed there. Not thread-safe.
 */
public final class RandomAccessOpener implements SeekableByteChannel {
  private final SeekableByteChannel channel;
  private final Frames frames;
  private final FrameSize frameSize;
  private final long size;
  private final long last;
  private final ByteBuffer sealed;
  private final ByteBuffer plain;
  private long kept = -1;
  private long position;
  private boolean closed;

  private RandomAccessOpener(
      SeekableByteChannel channel, Frames frames, FrameSize frameSize, long body) {
    this.channel = channel;
    this.frames = frames;
    this.frameSize = frameSize;
    this.last = (body - 1) / frameSize.sealed();
    this.size = body - (last + 1) * Layout.TAG_LENGTH;
    // A short stream takes no more than it is long, whatever its header claims.
    this.sealed = ByteBuffer.allocate((int) Math.min(frameSize.sealed(), body));
    this.plain = ByteBuffer.allocate((int) Math.min(frameSize.bytes(), body));
  }

  static RandomAccessOpener open(SeekableByteChannel channel, Frames frames, FrameSize size)
      throws IOException {
    long body = channel.size() - StreamHeader.LENGTH;
    long left = body % size.sealed();
    boolean shaped = body >= Layout.TAG_LENGTH
        && (left == 0 || left >= Layout.TAG_LENGTH)
        // An empty last frame after others: no writer makes one.
        && (left != Layout.TAG_LENGTH || body == left)
        && (body - 1) / size.sealed() < Frames.MOST;
    if (!shaped) {
      throw new OpenFailedException();
    }
    RandomAccessOpener opener = new RandomAccessOpener(channel, frames, size, body);
    opener.load(opener.last);
    return opener;
  }

  @Override
  public int read(ByteBuffer out) throws IOException {
    requireOpen();
    if (!out.hasRemaining()) {
      return 0;
    }
    if (position >= size) {
      return -1;
    }
    load(position / frameSize.bytes());
    plain.position((int) (position % frameSize.bytes()));
    int before = out.remaining();
    Slices.move(plain, out);
    int given = before - out.remaining();
    position += given;
    return given;
  }

  private void load(long number) throws IOException {
    if (number == kept) {
      return;
    }
    kept = -1;
    long start = StreamHeader.LENGTH + number * frameSize.sealed();
    sealed.clear();
    if (number == last) {
      sealed.limit((int) (size - last * frameSize.bytes()) + Layout.TAG_LENGTH);
    }
    fill(start);
    plain.clear();
    frames.open(number, number == last, sealed.flip(), plain);
    plain.flip();
    kept = number;
  }

  private void fill(long start) throws IOException {
    channel.position(start);
    while (sealed.hasRemaining()) {
      if (channel.read(sealed) < 0) {
        throw new EOFException("the sealed stream became shorter while it was read");
      }
    }
  }

  @Override
  public long position() throws IOException {
    requireOpen();
    return position;
  }

  @Override
  public RandomAccessOpener position(long newPosition) throws IOException {
    requireOpen();
    if (newPosition < 0) {
      throw new IllegalArgumentException("a position is not negative");
    }
    position = newPosition;
    return this;
  }

  /** Bytes of plaintext. */
  @Override
  public long size() throws IOException {
    requireOpen();
    return size;
  }

  private void requireOpen() throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public RandomAccessOpener truncate(long newSize) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  /** Closes the channel too. */
  @Override
  public void close() throws IOException {
    closed = true;
    frames.wipe();
    Arrays.fill(plain.array(), (byte) 0);
    channel.close();
  }
}
