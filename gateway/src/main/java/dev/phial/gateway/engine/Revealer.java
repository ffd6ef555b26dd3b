package dev.phial.gateway.engine;

import dev.phial.gateway.engine.ElementProtector.Subject;
import dev.phial.gateway.policy.Mask;
import dev.phial.gateway.policy.Reveal;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives the stored values of one element back in the form that was granted. A stored value that never was protected is
 * treated as plaintext: only who may see plaintext sees it, everyone else gets it masked, protected, or not at all.
 */
final class Revealer {
  private final ElementProtector protector;
  private final Subject subject;
  private final ResolvedKeys keys;

  Revealer(ElementProtector protector, Subject subject, ResolvedKeys keys) {
    this.protector = protector;
    this.subject = subject;
    this.keys = keys;
  }

  List<Outcome> reveal(Reveal granted, List<RevealItem> items) {
    if (granted == Reveal.DENY) {
      return items.stream().<Outcome>map(item -> new Outcome.Withheld()).toList();
    }
    List<Recovered> recovered = protector.recover(subject, keys, items);
    List<Outcome> outcomes = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      outcomes.add(outcome(granted, items.get(i), recovered.get(i)));
    }
    return outcomes;
  }

  private Outcome outcome(Reveal granted, RevealItem item, Recovered recovered) {
    if (recovered instanceof Recovered.Failed failed) {
      return failed.refusal();
    }
    if (recovered instanceof Recovered.AsStored) {
      return asStored(granted, PlainValue.ofText(item.value()));
    }
    return recovered instanceof Recovered.Plain plain
        ? form(granted, plain.value(), item)
        : unprotected(granted, item);
  }

  /** There is nothing behind it to be opened: plaintext is not to be had, whoever asks. */
  private Outcome asStored(Reveal granted, PlainValue stored) {
    return switch (granted) {
      case PLAINTEXT, TOKEN -> new Outcome.Revealed(stored, Outcome.RevealForm.TOKEN);
      case MASKED -> masked(stored);
      case DENY -> new Outcome.Withheld();
    };
  }

  private Outcome form(Reveal granted, PlainValue value, RevealItem item) {
    return switch (granted) {
      case PLAINTEXT -> new Outcome.Revealed(value, Outcome.RevealForm.PLAINTEXT);
      case MASKED -> masked(value);
      case TOKEN -> new Outcome.Revealed(PlainValue.ofText(item.value()), Outcome.RevealForm.TOKEN);
      case DENY -> new Outcome.Withheld();
    };
  }

  private Outcome unprotected(Reveal granted, RevealItem item) {
    if (item.operation() != ProtectItem.Operation.AS_POLICY) {
      return new Outcome.Refused(
          RefusalCode.NOT_AUTHENTIC,
          "element " + subject.element().name()
              + ": not a value that this gateway protected for this tenant");
    }
    PlainValue value = PlainValue.ofText(item.value());
    return switch (granted) {
      case PLAINTEXT -> new Outcome.Revealed(value, Outcome.RevealForm.UNPROTECTED);
      case MASKED -> masked(value);
      case TOKEN -> protectedNow(value);
      case DENY -> new Outcome.Withheld();
    };
  }

  /** What the caller would have been given, had the value come through the gateway. */
  private Outcome protectedNow(PlainValue value) {
    Outcome made = protector
        .protect(subject, keys, List.of(ProtectItem.of(subject.element().name(), value)))
        .get(0);
    return made instanceof Outcome.Protected token
        ? new Outcome.Revealed(PlainValue.ofText(token.text()), Outcome.RevealForm.TOKEN)
        : new Outcome.Withheld();
  }

  private Outcome masked(PlainValue value) {
    String masked;
    try {
      masked = subject.element().mask().apply(value.text());
    } catch (IllegalArgumentException notText) {
      masked = Mask.ALL.apply("");
    }
    return new Outcome.Revealed(PlainValue.ofText(masked), Outcome.RevealForm.MASKED);
  }
}
