package dev.phial.gateway.cli;

import picocli.CommandLine.Option;

/** The key version that callers keep beside tokens whose element says so. */
final class KeyVersionOption {
  @Option(
      names = "--key-version",
      paramLabel = "N",
      description =
          "the key version kept beside the tokens, for elements that say key_version: beside")
  private int keyVersion;

  /** 0 when none is kept. */
  int keyVersion() {
    return keyVersion;
  }
}
