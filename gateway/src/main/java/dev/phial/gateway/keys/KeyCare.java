package dev.phial.gateway.keys;

import java.util.function.LongSupplier;

/**
 * How opened keys are looked after.
 *
 * @param limits how much and how long they are used
 * @param events who is told what happens to them
 * @param nanos a steady clock, in nanoseconds
 */
public record KeyCare(KeyLimits limits, KeyEvents events, LongSupplier nanos) {
  public static final KeyCare DEFAULTS =
      new KeyCare(KeyLimits.DEFAULTS, KeyEvents.NONE, System::nanoTime);
}
