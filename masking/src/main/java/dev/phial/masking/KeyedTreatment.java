package dev.phial.masking;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Replaces values by texts that only the holder of a key can make: what the masking engine asks of whoever has keys.
 *
 * <p><b>Threading.</b> Thread-safe; called once for each element and form of a batch of events, on the thread that masks; it
 * starts the work and returns.
 *
 * <p><b>Failure.</b> A failed stage keeps the whole batch from passing. No exception holds a value.
 */
public interface KeyedTreatment {

  /** What is asked for. */
  enum Form {
    /** The token that the data path gives this element: reversible by whoever may. */
    TOKEN,
    /** A keyed digest: equal values give equal texts, and nobody can turn one back. */
    DIGEST
  }

  /**
   * Values of one element.
   *
   * @param element its name in the policy
   * @param form what is asked for
   * @param values as they were found, decoded and in NFKC, without invisible characters; at least one
   */
  record Request(String element, Form form, List<String> values) {
    public Request {
      Objects.requireNonNull(element, "element");
      Objects.requireNonNull(form, "form");
      values = List.copyOf(values);
    }

    /** Without the values. */
    @Override
    public String toString() {
      return "KeyedTreatment.Request[" + element + ", " + form + ", " + values.size() + " values]";
    }
  }

  /**
   * One text a value, in their order; empty for a value that does not fit the element, which is then redacted. The text is
   * printable ASCII without spaces, quotes, backslashes and {@code * [ ] < > | ^ & ~ , ; =}; any other is refused, for it could break the
   * format of an event.
   */
  CompletionStage<List<Optional<String>>> replace(Request request);
}
