package dev.phial.crypto.fips;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The cryptographic module cannot be used as it must be, or refused an operation. The message says what to do and holds
 * no value and no key.
 *
 * <p>The module signals some refusals and all self-test failures as {@link Error}; this exception stands for them, so that
 * no request can kill a thread.
 */
public final class FipsModuleException extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1L;

  public FipsModuleException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  public FipsModuleException(String message) {
    this(message, null);
  }
}
