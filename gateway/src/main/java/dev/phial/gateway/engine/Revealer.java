package dev.phial.gateway.engine;

import dev.phial.gateway.engine.ElementProtector.Subject;
import dev.phial.gateway.policy.Mask;
import dev.phial.gateway.policy.Reveal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Gives the stored values of one element back in the form that was granted. A stored value that never was protected is
 * treated as plaintext: only who may see plaintext sees it, everyone else gets it masked, protected, or not at all.
 */
final class Revealer {
  private final StagedProtector protector;
  private final Subject subject;
  private final ResolvedKeys keys;

  Revealer(StagedProtector protector, Subject subject, ResolvedKeys keys) {
    this.protector = protector;
    this.subject = subject;
    this.keys = keys;
  }

  CompletionStage<List<Outcome>> reveal(Reveal granted, List<RevealItem> items) {
    if (granted == Reveal.DENY) {
      return CompletableFuture.completedStage(
          items.stream().<Outcome>map(item -> new Outcome.Withheld()).toList());
    }
    return protector
        .recover(subject, keys, items)
        .thenCompose(recovered -> outcomes(granted, items, recovered));
  }

  private CompletionStage<List<Outcome>> outcomes(
      Reveal granted, List<RevealItem> items, List<Recovered> recovered) {
    List<Outcome> outcomes = new ArrayList<>(items.size());
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      outcomes.add(outcome(granted, items.get(i), recovered.get(i)));
      if (granted == Reveal.TOKEN
          && recovered.get(i) instanceof Recovered.Unprotected
          && outcomes.get(i) instanceof Outcome.Withheld) {
        places.add(i);
      }
    }
    return places.isEmpty()
        ? CompletableFuture.completedStage(outcomes)
        : protectedNow(items, places, outcomes);
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
      case TOKEN, DENY -> new Outcome.Withheld();
    };
  }

  /** What the caller would have been given, had the values come through the gateway. */
  private CompletionStage<List<Outcome>> protectedNow(
      List<RevealItem> items, List<Integer> places, List<Outcome> outcomes) {
    List<ProtectItem> plain = places.stream()
        .map(place -> ProtectItem.of(
            subject.element().name(), PlainValue.ofText(items.get(place).value())))
        .toList();
    return protector.protect(subject, keys, plain).thenApply(made -> {
      for (int i = 0; i < made.size(); i++) {
        if (made.get(i) instanceof Outcome.Protected token) {
          outcomes.set(
              places.get(i),
              new Outcome.Revealed(PlainValue.ofText(token.text()), Outcome.RevealForm.TOKEN));
        }
      }
      return outcomes;
    });
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
