package dev.phial.gateway.keys;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Ages that no clock can make younger than they are. The steady clock does not see that a machine slept, the wall clock jumps:
 * the longer of the two counts, and a wall clock that went back proves nothing. So a jump makes things older, never younger.
 */
final class Ages {
  static final Duration UNKNOWN = Duration.ofSeconds(Long.MAX_VALUE);
  /** As far as a clock is set back in passing. */
  private static final Duration SLACK = Duration.ofSeconds(5);

  private final InstantSource wall;
  private final LongSupplier nanos;

  Ages(InstantSource wall, LongSupplier nanos) {
    this.wall = wall;
    this.nanos = nanos;
  }

  /** When something was so, by both clocks. */
  record Moment(Instant wall, long nanos) {}

  Moment now() {
    return new Moment(wall.instant(), nanos.getAsLong());
  }

  /** How long ago that was; {@link #UNKNOWN} when the wall clock went back. */
  Duration since(Moment then) {
    Duration byWall = Duration.between(then.wall(), wall.instant());
    Duration steady = Duration.ofNanos(nanos.getAsLong() - then.nanos());
    if (byWall.plus(SLACK).isNegative()) {
      return UNKNOWN;
    }
    return byWall.compareTo(steady) > 0 ? byWall : steady;
  }
}
