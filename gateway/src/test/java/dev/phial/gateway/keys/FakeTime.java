package dev.phial.gateway.keys;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** Two clocks under a test's hand: the wall clock, which may jump, and the steady one, which may not. */
final class FakeTime implements InstantSource, LongSupplier {
  private Instant wall = KeysetsFixture.NOW;
  private long nanos = -7;

  /** Time passes. */
  synchronized void pass(Duration time) {
    wall = wall.plus(time);
    nanos += time.toNanos();
  }

  /** The wall clock is set. */
  synchronized void jump(Duration by) {
    wall = wall.plus(by);
  }

  @Override
  public synchronized Instant instant() {
    return wall;
  }

  @Override
  public synchronized long getAsLong() {
    return nanos;
  }
}
