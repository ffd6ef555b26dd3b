package dev.phial.gateway.engine;

import dev.phial.crypto.deid.Generalized;
import dev.phial.gateway.policy.Element;
import dev.phial.gateway.policy.Protection.Generalize;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;

/** Makes values coarser, for good. Needs no key. */
final class GeneralizeProtector implements ElementProtector {
  private final Clock clock;

  GeneralizeProtector(Clock clock) {
    this.clock = clock;
  }

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
    LocalDate today = today();
    return OneWay.each(subject, items, item -> outcome(subject, item.text(), today));
  }

  private static Outcome outcome(Subject subject, String text, LocalDate today) {
    Generalize rule = rule(subject.element());
    Generalized made = rule.rule().apply(text, today);
    if (made instanceof Generalized.Coarse coarse) {
      return OneWay.made(text, coarse.text(), OneWay.NO_KEY);
    }
    return made instanceof Generalized.Invalid invalid
        ? OneWay.unfit(
            subject, rule.unfit(), "generalize " + rule.rule().rule() + " " + invalid.why())
        : new Outcome.Withheld();
  }

  /** What the rule leaves as it is was made by it, or might have been: it tells no more. */
  @Override
  public List<Recovered> recover(Subject subject, ResolvedKeys keys, List<RevealItem> items) {
    LocalDate today = today();
    return items.stream()
        .<Recovered>map(item -> isCoarse(subject.element(), item.value(), today)
            ? new Recovered.AsStored()
            : new Recovered.Unprotected())
        .toList();
  }

  private static boolean isCoarse(Element element, String text, LocalDate today) {
    return rule(element).rule().apply(text, today) instanceof Generalized.Coarse coarse
        && coarse.text().equals(text);
  }

  @Override
  public OptionalInt currentVersion(Subject subject, ResolvedKeys keys, RevealItem item) {
    return OptionalInt.empty();
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private static Generalize rule(Element element) {
    return (Generalize) element.protection();
  }
}
