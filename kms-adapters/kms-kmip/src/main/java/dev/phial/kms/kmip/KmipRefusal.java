package dev.phial.kms.kmip;

import java.io.Serial;

/** The server did not do what was asked, for a reason out of KMIP's list (1.4, 9.1.3.2.29). */
final class KmipRefusal extends Exception {
  @Serial
  private static final long serialVersionUID = 1L;

  static final int ITEM_NOT_FOUND = 0x01;
  static final int AUTHENTICATION_NOT_SUCCESSFUL = 0x03;
  static final int CRYPTOGRAPHIC_FAILURE = 0x0A;
  static final int PERMISSION_DENIED = 0x0C;
  static final int OBJECT_ARCHIVED = 0x0D;
  static final int GENERAL_FAILURE = 0x100;

  private final int reason;

  KmipRefusal(int reason) {
    super(String.format("KMIP result reason 0x%x", reason));
    this.reason = reason;
  }

  int reason() {
    return reason;
  }
}
