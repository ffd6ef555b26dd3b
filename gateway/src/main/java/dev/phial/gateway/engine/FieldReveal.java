package dev.phial.gateway.engine;

import dev.phial.crypto.envelope.RecordFields;
import dev.phial.gateway.policy.Element;
import dev.phial.gateway.policy.Mask;
import java.util.List;
import java.util.Optional;

/** Shows an opened record's fields, each as its element is granted to the caller. Fields that are not shown are not copied out. */
final class FieldReveal {
  private final EncryptedElements elements;
  private final RecordFields fields;

  FieldReveal(EncryptedElements elements, RecordFields fields) {
    this.elements = elements;
    this.fields = fields;
  }

  List<FieldOutcome> outcomes(StoredRecord record) {
    List<String> wanted = record.elements().isEmpty() ? fields.names() : record.elements();
    return wanted.stream()
        .map(element -> new FieldOutcome(element, outcome(element)))
        .toList();
  }

  private Outcome outcome(String name) {
    Optional<Outcome.Refused> refusal = elements.revealRefusal(name);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    return switch (elements.access().reveal(elements.call(), name)) {
      case PLAINTEXT -> value(name).orElseGet(() -> absent(name));
      case MASKED -> masked(name).orElseGet(() -> absent(name));
      // A field has no protected form of its own that could be shown.
      case TOKEN, DENY -> new Outcome.Withheld();
    };
  }

  private Optional<Outcome> value(String name) {
    return fields
        .value(name)
        .map(
            value -> new Outcome.Revealed(PlainValue.ofBytes(value), Outcome.RevealForm.PLAINTEXT));
  }

  private Optional<Outcome> masked(String name) {
    Mask mask = elements.access().policy().element(name).map(Element::mask).orElse(Mask.ALL);
    return fields
        .value(name)
        .map(value -> new Outcome.Revealed(
            PlainValue.ofText(masked(mask, PlainValue.ofBytes(value))), Outcome.RevealForm.MASKED));
  }

  private static String masked(Mask mask, PlainValue value) {
    try {
      return mask.apply(value.text());
    } catch (IllegalArgumentException notText) {
      return Mask.ALL.apply("");
    }
  }

  private static Outcome absent(String name) {
    return new Outcome.Refused(
        RefusalCode.INVALID_VALUE, "element " + name + ": the record has no such field");
  }
}
