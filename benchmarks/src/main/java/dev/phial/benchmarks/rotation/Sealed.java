package dev.phial.benchmarks.rotation;

/**
 * Something that a gateway has protected, and what must come out again.
 *
 * @param kind how
 * @param text the ciphertext or token
 * @param version of the key
 * @param plain the value
 */
record Sealed(Kind kind, String text, int version, String plain) {
  enum Kind {
    ENCRYPTED("name"),
    MARKED("mrn"),
    BESIDE("account");

    private final String element;

    Kind(String element) {
      this.element = element;
    }

    String element() {
      return element;
    }
  }
}
