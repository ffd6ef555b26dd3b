package dev.phial.crypto.key;

import java.io.Serial;

/** The key was destroyed in this process: resolve it again. */
public final class KeyDestroyedException extends IllegalStateException {
  @Serial
  private static final long serialVersionUID = 1L;

  /** @param key the key in words, without its bytes */
  public KeyDestroyedException(String key) {
    super(key + " was destroyed; it has to be resolved again");
  }
}
