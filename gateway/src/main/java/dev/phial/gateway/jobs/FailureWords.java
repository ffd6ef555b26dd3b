package dev.phial.gateway.jobs;

import dev.phial.gateway.store.StoreException;
import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.InvalidWrappedKeyException;
import dev.phial.kms.KeyNotFoundException;
import dev.phial.kms.KmsUnavailableException;

/** Why an item failed, in one word that may be written down: no message, since those name things. */
final class FailureWords {
  private FailureWords() {}

  static String of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String word = word(cause);
      if (!word.isEmpty()) {
        return word;
      }
    }
    return "refused";
  }

  private static String word(Throwable cause) {
    if (cause instanceof ItemRefusedException refused) {
      return refused.word();
    }
    if (cause instanceof KeyNotFoundException) {
      return "kek_not_found";
    }
    if (cause instanceof AccessDeniedException) {
      return "kms_denied";
    }
    if (cause instanceof KmsUnavailableException) {
      return "kms_unavailable";
    }
    if (cause instanceof InvalidWrappedKeyException) {
      return "wrapped_key_invalid";
    }
    return cause instanceof StoreException ? "store_unavailable" : "";
  }
}
