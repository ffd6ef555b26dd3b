package dev.phial.gateway.transform;

import dev.phial.gateway.engine.Outcome;
import dev.phial.gateway.engine.PlainValue;
import dev.phial.gateway.engine.ProtectItem;
import dev.phial.gateway.transform.TransformException.Reason;
import java.util.List;

/**
 * A sealed extension that the application sends, since it could not see the value: must be authentic, and stays as it is.
 */
final class ResentCompanion implements ValueTask<ProtectItem> {
  private final Spot spot;
  private final ProtectItem item;

  private ResentCompanion(Spot spot, SealedExtension sealed) {
    this.spot = spot;
    this.item =
        ProtectItem.of(spot.rule().element(), PlainValue.ofText(spot.tree().text(sealed.value())));
  }

  /** The task for a companion member; none when it holds nothing sealed. */
  static List<ValueTask<ProtectItem>> in(Spot spot) {
    SealedExtension sealed = SealedExtension.in(spot.tree(), spot.node(), spot.place());
    return sealed == null ? List.of() : List.of(new ResentCompanion(spot, sealed));
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
    if (outcome instanceof Outcome.Refused refused) {
      throw Refusals.of(refused, spot);
    }
    if (!(outcome instanceof Outcome.Protected made && made.unchanged())) {
      throw spot.refused(
          Reason.INVALID_VALUE, "the sealed extension does not hold an authentic sealed value");
    }
  }
}
