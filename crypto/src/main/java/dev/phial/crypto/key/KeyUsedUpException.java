package dev.phial.crypto.key;

import java.io.Serial;

/** The key has protected as much as it may in this process: protect under the keyset's next version. It still opens. */
public final class KeyUsedUpException extends IllegalStateException {
  @Serial
  private static final long serialVersionUID = 1L;

  KeyUsedUpException(String key, UsageLimit limit) {
    super(key + " has reached its limit in this process (" + limit.messages() + " messages or "
        + limit.bytes() + " bytes): rotate the keyset");
  }
}
