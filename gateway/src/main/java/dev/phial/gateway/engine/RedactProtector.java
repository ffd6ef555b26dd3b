package dev.phial.gateway.engine;

import dev.phial.gateway.policy.Element;
import java.util.List;
import java.util.OptionalInt;

/** Takes values away for good. */
final class RedactProtector implements ElementProtector {

  @Override
  public ProtectItem.Operation operation() {
    return ProtectItem.Operation.DEIDENTIFY;
  }

  @Override
  public void declareNeeds(Element element, KeyNeeds needs) {
    // no key: nothing is kept
  }

  @Override
  public List<Outcome> protect(Subject subject, ResolvedKeys keys, List<ProtectItem> items) {
    return items.stream().<Outcome>map(item -> new Outcome.Withheld()).toList();
  }

  @Override
  public List<Recovered> recover(Subject subject, ResolvedKeys keys, List<RevealItem> items) {
    return items.stream().<Recovered>map(item -> new Recovered.Unprotected()).toList();
  }

  @Override
  public OptionalInt currentVersion(Subject subject, ResolvedKeys keys, RevealItem item) {
    return OptionalInt.empty();
  }
}
