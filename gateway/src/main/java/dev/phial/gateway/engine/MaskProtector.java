package dev.phial.gateway.engine;

import dev.phial.gateway.policy.Element;
import dev.phial.gateway.policy.Mask;
import dev.phial.gateway.policy.Protection;
import java.util.List;
import java.util.OptionalInt;

/** Hides values partly, for good. Needs no key. */
final class MaskProtector implements ElementProtector {

  @Override
  public ProtectItem.Operation operation() {
    return ProtectItem.Operation.DEIDENTIFY;
  }

  @Override
  public void declareNeeds(Element element, KeyNeeds needs) {
    // no key: what stays is plain
  }

  @Override
  public List<Outcome> protect(Subject subject, ResolvedKeys keys, List<ProtectItem> items) {
    Mask mask = mask(subject.element());
    return OneWay.each(
        subject, items, item -> OneWay.made(item.text(), masked(mask, item.text()), OneWay.NO_KEY));
  }

  private static String masked(Mask mask, String text) {
    return mask.made(text) ? text : mask.apply(text);
  }

  @Override
  public List<Recovered> recover(Subject subject, ResolvedKeys keys, List<RevealItem> items) {
    Mask mask = mask(subject.element());
    return items.stream()
        .<Recovered>map(item ->
            mask.made(item.value()) ? new Recovered.AsStored() : new Recovered.Unprotected())
        .toList();
  }

  @Override
  public OptionalInt currentVersion(Subject subject, ResolvedKeys keys, RevealItem item) {
    return OptionalInt.empty();
  }

  private static Mask mask(Element element) {
    return ((Protection.Masked) element.protection()).mask();
  }
}
