package dev.phial.crypto.key;

import java.io.Serial;

/** The key has protected as much as it may in this process: protect under the keyset's next version. It still opens. */
public final class KeyUsedUpException extends IllegalStateException {
  @Serial
  private static final long serialVersionUID = 1L;

  private final int version;
  private final KeyPurpose purpose;

  KeyUsedUpException(DataKey key) {
    super(key + " has reached its limit in this process ("
        + key.usage().limit().messages() + " messages or "
        + key.usage().limit().bytes() + " bytes): rotate the keyset");
    this.version = key.id().version();
    this.purpose = key.purpose();
  }

  public KeyPurpose purpose() {
    return purpose;
  }

  /** The version that is used up. */
  public int version() {
    return version;
  }
}
