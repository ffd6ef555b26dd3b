package dev.phial.gateway.logs.intake;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A batch was not taken over. The message holds nothing of the batch. */
public final class IntakeException extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** It could not be masked. */
    MASKING("it could not be masked"),
    /** There is no room for it: the destination is slower than the senders, or cannot be reached. */
    FULL("the log buffer is full"),
    /** The buffer's disk fails. */
    DISK("the log buffer cannot be written");

    private final String text;

    Reason(String text) {
      this.text = text;
    }
  }

  private final Reason reason;

  public IntakeException(Reason reason, @Nullable Throwable cause) {
    super("not forwarded: " + reason.text, cause, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
