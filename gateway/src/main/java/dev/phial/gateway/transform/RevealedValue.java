package dev.phial.gateway.transform;

import dev.phial.gateway.engine.Outcome;
import dev.phial.gateway.engine.Outcome.RevealForm;
import dev.phial.gateway.engine.RevealItem;
import dev.phial.gateway.transform.JsonTree.Kind;

/** A stored value, to be given back in the form that the caller may see. */
final class RevealedValue implements ValueTask<RevealItem> {
  private final Spot spot;
  private final RevealedText text;
  private final Template within;
  private final RevealItem item;

  private RevealedValue(Spot spot, RevealedText text, Template within, String stored) {
    this.spot = spot;
    this.text = text;
    this.within = within;
    this.item = RevealItem.of(spot.rule().element(), stored);
  }

  static RevealedValue of(Spot spot, RevealedText text) {
    String written = Leaf.written(spot.tree(), spot.node());
    if (spot.tree().kind(spot.node()) != Kind.STRING) {
      return new RevealedValue(spot, text, Template.NONE, written);
    }
    Template within = spot.rule().fitting(written).orElse(Template.NONE);
    String part = within.inner(written).orElse(written);
    String stored =
        spot.rule().wrap().bare() ? part : spot.rule().wrap().inner(part).orElse(part);
    return new RevealedValue(spot, text, within, stored);
  }

  @Override
  public RevealItem item() {
    return item;
  }

  @Override
  public int bytes() {
    return item.value().length();
  }

  @Override
  public void finish(Outcome outcome, Edits edits) {
    if (outcome instanceof Outcome.Revealed revealed) {
      put(revealed, edits);
    } else if (outcome instanceof Outcome.Withheld) {
      edits.remove(spot.node());
    } else if (outcome instanceof Outcome.Refused refused) {
      throw Refusals.of(refused, spot);
    } else {
      throw Refusals.unexpected(spot);
    }
  }

  private void put(Outcome.Revealed revealed, Edits edits) {
    boolean asStored = revealed.form() == RevealForm.UNPROTECTED
        || (revealed.form() == RevealForm.TOKEN && revealed.value().text().equals(item.value()));
    if (!asStored) {
      edits.replace(spot.node(), text.written(revealed.value(), revealed.form(), within));
    }
  }
}
