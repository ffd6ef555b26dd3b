package dev.phial.gateway.grpc;

import dev.phial.gateway.engine.Outcome;
import dev.phial.proto.v1.RevealForm;

/** The engine's reveal forms in the protocol. */
final class Forms {
  private Forms() {}

  static RevealForm of(Outcome.RevealForm form) {
    return switch (form) {
      case PLAINTEXT -> RevealForm.REVEAL_FORM_PLAINTEXT;
      case MASKED -> RevealForm.REVEAL_FORM_MASKED;
      case TOKEN -> RevealForm.REVEAL_FORM_TOKEN;
      case UNPROTECTED -> RevealForm.REVEAL_FORM_UNPROTECTED;
    };
  }
}
