package dev.phial.crypto.selftest;

/** Who answers a vector. */
public enum Engine {
  /** What the product uses: this library's own code over the module's primitives. */
  COMPOSED,
  /** The module by itself. */
  MODULE;

  /** Its name in configuration and output. */
  public String label() {
    return this == COMPOSED ? "composed" : "module";
  }
}
