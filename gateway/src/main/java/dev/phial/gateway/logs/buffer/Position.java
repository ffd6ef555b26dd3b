package dev.phial.gateway.logs.buffer;

import java.util.Comparator;

/**
 * A place between two records.
 *
 * @param segment the segment's number
 * @param offset bytes from its beginning
 */
public record Position(long segment, long offset) implements Comparable<Position> {
  private static final Comparator<Position> ORDER =
      Comparator.comparingLong(Position::segment).thenComparingLong(Position::offset);

  /** Before everything. */
  public static final Position START = new Position(0, 0);

  @Override
  public int compareTo(Position other) {
    return ORDER.compare(this, other);
  }
}
