package dev.phial.gateway.transform;

import dev.phial.gateway.engine.Outcome;
import dev.phial.gateway.engine.PlainValue;
import dev.phial.gateway.engine.ProtectItem;
import dev.phial.gateway.transform.JsonTree.Kind;
import dev.phial.gateway.transform.TransformException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** A value that the application sends, to be replaced by a protected one. */
final class ProtectedValue implements ValueTask<ProtectItem> {
  /** How sealed texts begin: {@code docs/format.md}. Only used to recognize one inside a wrapping. */
  private static final String SEALED = "phial:v1:";

  private final Spot spot;
  private final Template within;
  private final boolean resent;
  private final ProtectItem item;

  private ProtectedValue(Spot spot, Template within, boolean resent, ProtectItem item) {
    this.spot = spot;
    this.within = within;
    this.resent = resent;
    this.item = item;
  }

  /** @param context what the engine is told besides the value */
  static ProtectedValue of(Spot spot, Map<String, String> context) {
    String written = Leaf.written(spot.tree(), spot.node());
    if (spot.tree().kind(spot.node()) != Kind.STRING) {
      return new ProtectedValue(
          spot, Template.NONE, false, item(spot, ofOther(spot, written), context));
    }
    Template within = spot.rule().fitting(written).orElse(Template.NONE);
    String part = within.inner(written).orElse(written);
    Optional<String> resent = wrapped(spot.rule(), part);
    return new ProtectedValue(
        spot,
        within,
        resent.isPresent(),
        item(spot, resent.orElseGet(() -> ofText(spot.rule(), part)), context));
  }

  private static ProtectItem item(Spot spot, String plain, Map<String, String> context) {
    return new ProtectItem(
        spot.rule().element(), PlainValue.ofText(plain), context, ProtectItem.Operation.AS_POLICY);
  }

  private static String ofOther(Spot spot, String json) {
    if (!spot.rule().within().isEmpty()) {
      throw spot.refused(
          Reason.INVALID_VALUE, "only a part of a string is bound, and this is no string");
    }
    return spot.rule().handling() == Rule.Handling.COARSEN ? json : SealedLiteral.ofJson(json);
  }

  private static String ofText(Rule rule, String part) {
    return rule.handling() == Rule.Handling.SEAL ? SealedLiteral.ofText(part) : part;
  }

  /** A sealed text in its wrapping, as a caller got it who may only see tokens. */
  private static Optional<String> wrapped(Rule rule, String part) {
    return rule.wrap().bare()
        ? Optional.empty()
        : rule.wrap().inner(part).filter(inner -> inner.startsWith(SEALED));
  }

  @Override
  public ProtectItem item() {
    return item;
  }

  @Override
  public int bytes() {
    return item.value().length();
  }

  @Override
  public void finish(Outcome outcome, Edits edits) {
    if (outcome instanceof Outcome.Protected made) {
      put(made, edits);
    } else if (outcome instanceof Outcome.Withheld) {
      edits.remove(spot.node());
    } else if (outcome instanceof Outcome.Refused refused) {
      throw Refusals.of(refused, spot);
    } else {
      throw Refusals.unexpected(spot);
    }
  }

  private void put(Outcome.Protected made, Edits edits) {
    if (made.unchanged()) {
      return;
    }
    if (resent) {
      throw spot.refused(
          Reason.INVALID_VALUE,
          "the value looks like a sealed one in its wrapping, but is not authentic");
    }
    if (spot.rule().extension()) {
      new ExtensionPlacement(spot).put(made.text(), edits);
    } else {
      edits.replace(spot.node(), json(made.text()));
    }
  }

  /** A number stays one: whoever reads the field expects it. */
  private byte[] json(String made) {
    if (spot.rule().handling() == Rule.Handling.COARSEN
        && spot.tree().kind(spot.node()) == Kind.NUMBER) {
      return number(made);
    }
    return JsonText.quote(within.around(spot.rule().wrap().around(made)));
  }

  private byte[] number(String made) {
    if (!JsonText.isWholeNumber(made)) {
      throw spot.refused(
          Reason.INVALID_VALUE,
          "the field holds a number, and what its rule makes is none; for ages over 89 say over_89: number or redact");
    }
    return made.getBytes(StandardCharsets.US_ASCII);
  }
}
