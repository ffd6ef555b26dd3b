package dev.phial.kms.testkit.vault;

import java.io.Serial;

/** An answer with an HTTP status and the text of its one error. */
final class VaultRefusal extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1L;

  private final int status;

  VaultRefusal(int status, String error) {
    super(error);
    this.status = status;
  }

  int status() {
    return status;
  }
}
