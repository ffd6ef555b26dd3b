package dev.phial.crypto.envelope;

import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A file in memory that gives few bytes at a time. */
final class BytesChannel implements SeekableByteChannel {
  private static final int AT_ONCE = 5_000;

  private final byte[] bytes;
  private long position;

  BytesChannel(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read(ByteBuffer out) {
    if (position >= bytes.length) {
      return -1;
    }
    int given = (int) Math.min(Math.min(AT_ONCE, out.remaining()), bytes.length - position);
    out.put(bytes, (int) position, given);
    position += given;
    return given;
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    position = newPosition;
    return this;
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {
    // nothing is held
  }
}
