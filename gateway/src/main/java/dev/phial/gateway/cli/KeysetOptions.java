package dev.phial.gateway.cli;

import dev.phial.proto.v1.KeyPurpose;
import picocli.CommandLine.Option;

/** Which keyset a command is about. */
final class KeysetOptions {
  /** Purposes as the shell writes them. */
  enum Purpose {
    ENCRYPT,
    TOKENIZE,
    INDEX
  }

  @Option(names = "--tenant", paramLabel = "TENANT", required = true, description = "whose keyset")
  private String tenant = "";

  @Option(
      names = "--keyset",
      paramLabel = "PURPOSE",
      required = true,
      description = "which of the tenant's keysets: encrypt, tokenize or index")
  private Purpose purpose = Purpose.ENCRYPT;

  String tenant() {
    return tenant;
  }

  KeyPurpose purpose() {
    return KeyPurpose.valueOf("KEY_PURPOSE_" + purpose.name());
  }
}
