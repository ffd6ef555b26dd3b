package dev.phial.gateway.engine;

import dev.phial.crypto.key.KeyDestroyedException;
import dev.phial.crypto.key.KeyUsedUpException;
import dev.phial.gateway.keys.KeyStateException;
import dev.phial.gateway.keys.KeysRetiredException;
import dev.phial.gateway.keys.KeysUnavailableException;
import dev.phial.gateway.store.StoreException;
import java.io.Serial;
import java.util.concurrent.CompletionException;
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

  /** The engine's own exception behind {@code failure}, whatever wraps it; keys that cannot be had are told apart, anything unknown is {@code INTERNAL}. */
  public static EngineException of(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof KeysUnavailableException unavailable) {
      return new EngineException(
          RefusalCode.KEYS_UNAVAILABLE, String.valueOf(unavailable.getMessage()), unavailable);
    }
    if (cause instanceof StoreException store) {
      return new EngineException(
          RefusalCode.STORE_UNAVAILABLE,
          // Where the store is, is nobody's business who sends data.
          "tokens cannot be looked up: the store does not answer",
          store);
    }
    if (isOfTheModule(cause)) {
      return new EngineException(
          RefusalCode.INTERNAL,
          "the cryptographic module refused the operation; see the gateway's log",
          cause);
    }
    if (cause instanceof KeyDestroyedException withdrawn) {
      return new EngineException(
          RefusalCode.KEYS_UNAVAILABLE,
          "a key was taken out of use while the call ran; repeat the call",
          withdrawn);
    }
    if (cause instanceof KeyUsedUpException used) {
      return new EngineException(
          RefusalCode.KEYS_UNAVAILABLE,
          "key version " + used.version()
              + " reached its usage limit while the call ran; repeat the call",
          used);
    }
    if (cause instanceof NewerVersionException newer) {
      return new EngineException(
          RefusalCode.KEYS_UNAVAILABLE,
          "the call names a key version that this gateway does not know yet; repeat the call",
          newer);
    }
    if (cause instanceof KeysRetiredException retired) {
      return new EngineException(
          RefusalCode.KEY_RETIRED, String.valueOf(retired.getMessage()), retired);
    }
    if (cause instanceof KeyStateException refused) {
      return new EngineException(
          RefusalCode.KEY_STATE, String.valueOf(refused.getMessage()), refused);
    }
    return cause instanceof EngineException known
        ? known
        : new EngineException(
            RefusalCode.INTERNAL,
            "the gateway failed; its log has details under the request id",
            cause);
  }

  /** The FIPS module throws {@link Error} for some refusals. */
  private static boolean isOfTheModule(Throwable cause) {
    return cause instanceof Error && !(cause instanceof VirtualMachineError);
  }

  public RefusalCode code() {
    return code;
  }
}
