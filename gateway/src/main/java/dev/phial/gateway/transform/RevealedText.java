package dev.phial.gateway.transform;

import dev.phial.gateway.engine.Outcome.RevealForm;
import dev.phial.gateway.engine.PlainValue;
import dev.phial.gateway.transform.TransformException.Reason;
import java.nio.charset.StandardCharsets;

/** Turns what the engine revealed into JSON. */
final class RevealedText {
  private final Spot spot;
  private final StrictJson json;

  RevealedText(Spot spot, StrictJson json) {
    this.spot = spot;
    this.json = json;
  }

  /**
   * The JSON of a revealed value.
   *
   * @param within the part of the text that it takes
   */
  byte[] written(PlainValue value, RevealForm form, Template within) {
    String text = text(value);
    Template wrap = spot.rule().wrap();
    return switch (form) {
      case PLAINTEXT -> plain(text, within);
      case MASKED -> quoted(within, wrap.around(masked(text)));
      case TOKEN, UNPROTECTED ->
        isNumber(text)
            ? text.getBytes(StandardCharsets.US_ASCII)
            : quoted(within, wrap.around(text));
    };
  }

  /** A number that was made coarser on its way back. */
  private boolean isNumber(String text) {
    return spot.rule().handling() == Rule.Handling.COARSEN
        && spot.tree().kind(spot.node()) == JsonTree.Kind.NUMBER
        && JsonText.isWholeNumber(text);
  }

  private byte[] plain(String text, Template within) {
    if (spot.rule().handling() != Rule.Handling.SEAL) {
      return quoted(within, text);
    }
    if (!SealedLiteral.isJson(text)) {
      return quoted(within, SealedLiteral.content(text));
    }
    byte[] literal = SealedLiteral.content(text).getBytes(StandardCharsets.UTF_8);
    if (!within.bare() || !isOneValue(literal)) {
      throw spot.refused(Reason.NOT_AUTHENTIC, "what was sealed is no JSON value for this place");
    }
    return literal;
  }

  /** Whoever may seal over another channel could seal anything: only one whole JSON value is put into a body. */
  private boolean isOneValue(byte[] literal) {
    try {
      json.parse(literal, spot.rules().names());
      return true;
    } catch (TransformException e) {
      return false;
    }
  }

  private String masked(String text) {
    return spot.rule().handling() == Rule.Handling.SEAL ? SealedLiteral.masked(text) : text;
  }

  private String text(PlainValue value) {
    try {
      return value.text();
    } catch (IllegalArgumentException e) {
      throw spot.refused(Reason.NOT_AUTHENTIC, "what was sealed is bytes, not text");
    }
  }

  private static byte[] quoted(Template within, String text) {
    return JsonText.quote(within.around(text));
  }
}
