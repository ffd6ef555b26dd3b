package dev.phial.gateway.engine;

import dev.phial.crypto.deid.DatePrecision;
import dev.phial.crypto.deid.DateShift;
import dev.phial.crypto.deid.DateText;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.engine.OneWay.TextItem;
import dev.phial.gateway.policy.Element;
import dev.phial.gateway.policy.Protection.Shift;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Moves dates, for good, by an amount that is secret and the same for all dates of one person, group and tenant. Two dates of a
 * person moved by different amounts would tell both, so the group's key version of the first use stays through every rotation.
 */
final class ShiftProtector implements ElementProtector {
  private final DerivedCache<DateShift> shifts;

  ShiftProtector(FipsModule module, int bound) {
    this.shifts =
        new DerivedCache<>(bound, (key, tenant, group) -> DateShift.of(module, key, tenant, group));
  }

  @Override
  public ProtectItem.Operation operation() {
    return ProtectItem.Operation.DEIDENTIFY;
  }

  @Override
  public void declareNeeds(Element element, KeyNeeds needs) {
    needs.ring(KeyPurpose.TOKENIZE);
    needs.pin(rule(element).pin());
  }

  @Override
  public List<Outcome> protect(Subject subject, ResolvedKeys keys, List<ProtectItem> items) {
    PinnedKey pinned = PinnedKey.of(subject, keys, rule(subject.element()).pin());
    return OneWay.each(subject, items, item -> pinned.then(key -> outcome(subject, key, item)));
  }

  private Outcome outcome(Subject subject, DataKey key, TextItem item) {
    Shift rule = rule(subject.element());
    Optional<DateText> date = wholeDate(item.text());
    if (date.isEmpty()) {
      return OneWay.unfit(
          subject,
          rule.unfit(),
          "shift takes a whole date: YYYY-MM-DD with or without a time, YYYYMMDD[HHMM[SS]] or MM/DD/YYYY;"
              + " bind a year or a month to an element that is generalized, or say unfit: redact");
    }
    if (item.item().context().getOrDefault(ProtectItem.PATIENT, "").isEmpty()) {
      return OneWay.invalid(
          subject,
          "a date is shifted together with the other dates of its patient: say whose it is, in the context as 'patient'");
    }
    return moved(subject, key, item.item(), date.get());
  }

  private Outcome moved(Subject subject, DataKey key, ProtectItem item, DateText date) {
    Shift rule = rule(subject.element());
    int amount;
    try {
      amount = shifts.of(key, subject.tenant(), rule.group()).amount(item.context(), rule.days());
    } catch (IllegalArgumentException e) {
      return OneWay.invalid(subject, "its context holds an unpaired surrogate");
    }
    return date.plusDays(amount)
        .<Outcome>map(moved -> new Outcome.Protected(moved.text(), key.id().version(), "", false))
        .orElseGet(() -> OneWay.unfit(
            subject, rule.unfit(), "shift takes dates that stay within the years 0001 to 9999"));
  }

  private static Optional<DateText> wholeDate(String text) {
    return DateText.parse(text).filter(date -> date.precision() == DatePrecision.DAY);
  }

  /** What is stored cannot be told from a date that never was shifted; what is no date was not. */
  @Override
  public List<Recovered> recover(Subject subject, ResolvedKeys keys, List<RevealItem> items) {
    return items.stream()
        .<Recovered>map(item -> wholeDate(item.value()).isPresent()
            ? new Recovered.AsStored()
            : new Recovered.Unprotected())
        .toList();
  }

  @Override
  public OptionalInt currentVersion(Subject subject, ResolvedKeys keys, RevealItem item) {
    return OptionalInt.empty();
  }

  private static Shift rule(Element element) {
    return (Shift) element.protection();
  }
}
