package dev.phial.gateway.cli;

import dev.phial.proto.v1.Refusal;
import dev.phial.proto.v1.RevealForm;
import java.util.Locale;

/** Refusals and forms of the gateway in the words of the shell. */
final class Refusals {
  private Refusals() {}

  static LineResult of(Refusal refusal) {
    String reason = refusal.getReason().name().replace("REFUSAL_REASON_", "");
    return LineResult.refused(reason.toLowerCase(Locale.ROOT), refusal.getMessage());
  }

  static String word(RevealForm form) {
    return form.name().replace("REVEAL_FORM_", "").toLowerCase(Locale.ROOT);
  }
}
