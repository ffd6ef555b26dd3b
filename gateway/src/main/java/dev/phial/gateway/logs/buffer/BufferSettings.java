package dev.phial.gateway.logs.buffer;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a buffer lies and how large it may become.
 *
 * @param name the receiver's name, for messages and metrics
 * @param directory the buffer's own directory; made when it is not there
 * @param maxBytes the most that its files may take together
 * @param segmentBytes the size at which a new file is begun; space becomes free by whole files
 * @param queuedBytes the most that may wait in memory to be written
 * @param syncEvery the longest time after which what was accepted is forced to the disk; zero: before it is accepted
 */
public record BufferSettings(
    String name,
    Path directory,
    long maxBytes,
    long segmentBytes,
    long queuedBytes,
    Duration syncEvery) {
  private static final long MIB = 1 << 20;

  /** With segments and a queue that fit the size. */
  public static BufferSettings of(String name, Path directory, long maxBytes, Duration syncEvery) {
    long segment = Math.max(64 << 10, Math.min(64 * MIB, maxBytes / 16));
    return new BufferSettings(
        name, directory, maxBytes, segment, Math.min(64 * MIB, maxBytes), syncEvery);
  }
}
