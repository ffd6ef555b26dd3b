package dev.phial.gateway.transform;

import java.io.Serial;

/** A message cannot be accepted. The message names the place (JSON pointer, selector, element), never a value. */
public final class TransformException extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** Not strict UTF-8, not RFC 8259 JSON, duplicate member names, unpaired surrogate. */
    MALFORMED,
    /** Over the size, depth, string or token limit. */
    TOO_LARGE,
    /** A selected value does not fit its element, or is of a JSON type that the element cannot take. */
    INVALID_VALUE,
    /** The caller may not send or see this. */
    PERMISSION_DENIED,
    /** Keys or audit are not available. */
    UNAVAILABLE,
    /** A stored value is not authentic, or its key is retired. */
    NOT_AUTHENTIC,
    INTERNAL
  }

  private final Reason reason;

  public TransformException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
