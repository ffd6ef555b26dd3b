package dev.phial.crypto.context;

import java.nio.charset.StandardCharsets;

/** What is bound to a context. Contexts of two kinds never have the same bytes (docs/format.md). Ids are permanent. */
public enum ContextKind {
  /** A single value, a token's tweak or a subkey. */
  VALUE("phial context 1\0"),
  /** A record of several elements; the context's element is the record's name. */
  RECORD("phial context 2\0R"),
  /** A framed stream, such as a document. */
  STREAM("phial context 2\0S");

  private final String domain;

  ContextKind(String domain) {
    this.domain = domain;
  }

  byte[] domain() {
    return domain.getBytes(StandardCharsets.US_ASCII);
  }
}
