package dev.phial.gateway.logs.forward;

import java.io.IOException;
import java.io.Serial;

/** A destination refuses a parcel for what it is, and would refuse it again. Part of it may have been taken. */
public final class RejectedException extends IOException {
  @Serial
  private static final long serialVersionUID = 1L;

  private final int events;

  /**
   * @param events how many events are refused
   */
  public RejectedException(int events, String message) {
    super(message);
    this.events = events;
  }

  public int events() {
    return events;
  }
}
