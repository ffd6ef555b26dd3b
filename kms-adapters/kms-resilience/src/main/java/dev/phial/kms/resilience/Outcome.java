package dev.phial.kms.resilience;

import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.InvalidWrappedKeyException;
import dev.phial.kms.KeyNotFoundException;
import dev.phial.kms.KmsUnavailableException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** How an attempt ended. */
public enum Outcome {
  OK,
  /** A passing fault; another attempt may succeed. */
  UNAVAILABLE,
  /** A fault that stays until somebody acts. */
  BROKEN,
  DENIED,
  NOT_FOUND,
  INVALID,
  /** Something that no adapter should fail with. */
  DEFECT;

  static Outcome of(@Nullable Throwable failure) {
    Throwable cause = unwrapped(failure);
    if (cause == null) {
      return OK;
    }
    if (cause instanceof KmsUnavailableException unavailable) {
      return unavailable.retryable() ? UNAVAILABLE : BROKEN;
    }
    if (cause instanceof AccessDeniedException) {
      return DENIED;
    }
    if (cause instanceof KeyNotFoundException) {
      return NOT_FOUND;
    }
    return cause instanceof InvalidWrappedKeyException ? INVALID : DEFECT;
  }

  /** What is inside the wrapping of futures. */
  static @Nullable Throwable unwrapped(@Nullable Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
