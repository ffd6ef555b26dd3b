package dev.phial.kms.kmip;

/** The operations that we ask for (KMIP 1.4, 9.1.3.2.27). */
enum KmipOperation {
  CREATE(0x01),
  LOCATE(0x08),
  GET_ATTRIBUTES(0x0B),
  ACTIVATE(0x12),
  ENCRYPT(0x1F),
  DECRYPT(0x20);

  private final int number;

  KmipOperation(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
