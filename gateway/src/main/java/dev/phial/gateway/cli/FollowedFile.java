package dev.phial.gateway.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * A file that grows, kept open also when its name is given to another. Whatever is written to it is read once, from its
 * beginning, and again from the beginning when it was cut. Confined to a thread.
 */
final class FollowedFile implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  /** So many bytes before the place where reading goes on must be what they were. */
  private static final int WITNESS = 256;

  private final FileChannel channel;
  private final Object key;
  private final Supplier<MaskWork> works;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private MaskWork work;
  private long position;
  private byte[] witness = {};
  private long lastGrown = System.nanoTime();

  /**
   * @param key what tells the file from others, whatever it is called
   * @param works masks a file from its beginning
   */
  FollowedFile(Path file, Object key, Supplier<MaskWork> works) throws IOException {
    this.channel = FileChannel.open(file);
    this.key = key;
    this.works = works;
    this.work = works.get();
  }

  Object key() {
    return key;
  }

  long nanosSinceGrown() {
    return System.nanoTime() - lastGrown;
  }

  /**
   * Masks what was added.
   *
   * @return whether the file had been cut, and so is read from its beginning
   * @throws MaskFailure when that cannot be done
   */
  boolean read() {
    boolean[] cut = new boolean[1];
    work.failing(() -> {
      cut[0] = channel.size() != position && (channel.size() < position || replaced());
      if (cut[0]) {
        work.end();
        work = works.get();
        position = 0;
        witness = new byte[0];
      }
    });
    work.failing(this::added);
    return cut[0];
  }

  /**
   * A file that was cut and has grown past the old place: to go on there would begin in the middle of a line, where the key of
   * a value is missing.
   */
  private boolean replaced() throws IOException {
    ByteBuffer now = ByteBuffer.allocate(witness.length);
    long from = position - witness.length;
    while (now.hasRemaining() && channel.read(now, from + now.position()) >= 0) {
      // on
    }
    return !Arrays.equals(now.array(), witness);
  }

  private void added() throws IOException {
    buffer.clear();
    for (int n = channel.read(buffer, position); n > 0; n = channel.read(buffer, position)) {
      byte[] bytes = buffer.array();
      if (position == 0 && n > 1 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b) {
        throw new MaskFailure("--follow reads text that grows, and this is compressed with gzip");
      }
      lastGrown = System.nanoTime();
      position += n;
      remember(bytes, n);
      work.push(bytes, n);
      buffer.clear();
    }
  }

  private void remember(byte[] bytes, int length) {
    int kept = Math.min(witness.length, Math.max(0, WITNESS - length));
    int added = Math.min(length, WITNESS);
    byte[] last = Arrays.copyOfRange(witness, witness.length - kept, witness.length + added);
    System.arraycopy(bytes, length - added, last, kept, added);
    witness = last;
  }

  /** Its last line is complete as it is. */
  void end() {
    work.failing(work::end);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
