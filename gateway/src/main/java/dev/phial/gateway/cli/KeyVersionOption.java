package dev.phial.gateway.cli;

import picocli.CommandLine.Option;

/** The key version that callers keep beside tokens whose element says so. */
final class KeyVersionOption {
  @Option(
      names = "--key-version",
      paramLabel = "N",
      description =
          "the key version of the tokens: where it is kept beside them (key_version: beside), and while a pinned element is moved")
  private int keyVersion;

  /** 0 when none is kept. */
  int keyVersion() {
    return keyVersion;
  }
}
