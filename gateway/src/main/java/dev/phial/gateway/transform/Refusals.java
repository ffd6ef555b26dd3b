package dev.phial.gateway.transform;

import dev.phial.gateway.engine.Outcome;
import dev.phial.gateway.engine.RefusalCode;
import dev.phial.gateway.transform.TransformException.Reason;

/** The one place where the engine's refusals become those of a body. */
final class Refusals {
  private Refusals() {}

  static TransformException of(Outcome.Refused refused, Spot spot) {
    return spot.refused(reason(refused.code()), refused.message());
  }

  static TransformException unexpected(Spot spot) {
    return spot.refused(
        Reason.INTERNAL, "the engine gave an answer that does not fit the question");
  }

  static Reason reason(RefusalCode code) {
    return switch (code) {
      case INVALID_VALUE -> Reason.INVALID_VALUE;
      case NOT_AUTHENTIC, KEY_RETIRED, TOKEN_RETIRED -> Reason.NOT_AUTHENTIC;
      case PERMISSION_DENIED -> Reason.PERMISSION_DENIED;
      case TOO_LARGE -> Reason.TOO_LARGE;
      case KEYS_UNAVAILABLE, STORE_UNAVAILABLE, AUDIT_UNAVAILABLE -> Reason.UNAVAILABLE;
      case UNKNOWN_ELEMENT, KEY_STATE, PROPOSAL_STATE, INTERNAL -> Reason.INTERNAL;
    };
  }
}
