package dev.phial.gateway.engine;

import dev.phial.gateway.engine.ElementProtector.RenewalKeys;
import dev.phial.gateway.engine.ElementProtector.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Protects the stored values of one element again, under the version that protects new ones. What they stand for leaves the
 * engine in no form, so the right to protect suffices. All that are old are protected in one batch.
 */
final class Renewal {
  private final ElementProtector protector;
  private final Subject subject;
  private final RenewalKeys keys;

  Renewal(ElementProtector protector, Subject subject, ResolvedKeys keys) {
    this.protector = protector;
    this.subject = subject;
    this.keys = protector.renewal(subject, keys);
  }

  List<Outcome> renew(List<RevealItem> items) {
    List<Recovered> recovered = protector.recover(subject, keys.old(), items);
    Outcome[] outcomes = new Outcome[items.size()];
    List<ProtectItem> old = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int place = 0; place < outcomes.length; place++) {
      RevealItem item = items.get(place);
      if (recovered.get(place) instanceof Recovered.Plain plain) {
        OptionalInt current = protector.currentVersion(subject, keys.current(), item);
        if (current.isPresent()) {
          outcomes[place] = new Outcome.Protected(item.value(), current.getAsInt(), "", true);
        } else {
          old.add(new ProtectItem(item.element(), plain.value(), item.context(), item.operation()));
          places.add(place);
        }
      } else {
        outcomes[place] = refusal(recovered.get(place));
      }
    }
    List<Outcome> renewed = protector.protect(subject, keys.current(), old);
    for (int i = 0; i < renewed.size(); i++) {
      outcomes[places.get(i)] = renewed.get(i);
    }
    return List.of(outcomes);
  }

  private Outcome refusal(Recovered recovered) {
    return recovered instanceof Recovered.Failed failed
        ? failed.refusal()
        : new Outcome.Refused(
            RefusalCode.NOT_AUTHENTIC,
            "element " + subject.element().name()
                + ": not a value that this gateway protected for this tenant");
  }
}
