package dev.phial.gateway.engine;

import dev.phial.crypto.key.KeyPurpose;
import java.io.Serial;

/** Something names a key version above all that are known here; the store may have it. */
final class NewerVersionException extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1L;

  private final KeyPurpose purpose;

  NewerVersionException(KeyPurpose purpose) {
    super("a key version that is not known here", null, false, false);
    this.purpose = purpose;
  }

  /** Of which keyset. */
  KeyPurpose purpose() {
    return purpose;
  }
}
