package dev.phial.gateway.engine;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** An operation failed as a whole. The message names what to do and never holds a value. */
public final class EngineException extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1L;

  private final RefusalCode code;

  public EngineException(RefusalCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public EngineException(RefusalCode code, String message) {
    this(code, message, null);
  }

  public RefusalCode code() {
    return code;
  }
}
