package dev.phial.gateway.keys;

import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.InvalidWrappedKeyException;
import dev.phial.kms.KeyNotFoundException;
import java.util.concurrent.CompletionException;

/** Tells a KMS that refuses from one that does not answer. */
final class Refusals {
  private Refusals() {}

  /** Whether the KMS has decided that the key is not given out. */
  static boolean isFinal(Throwable failure) {
    Throwable cause = cause(failure);
    return cause instanceof AccessDeniedException
        || cause instanceof KeyNotFoundException
        || cause instanceof InvalidWrappedKeyException;
  }

  /** What a stage failed with, without the wrapping of futures. */
  static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
