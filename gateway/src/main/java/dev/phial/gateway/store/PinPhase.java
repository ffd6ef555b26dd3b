package dev.phial.gateway.store;

/** Where a pin is on its way from one key version to another. */
public enum PinPhase {
  /** At rest. */
  SETTLED,
  /** The element's tokens are being made again; it is still used with the version it had. */
  MOVING,
  /** Nobody uses the element without naming a version, until the move has ended. */
  HELD
}
