package dev.phial.masking;

import java.util.Objects;

/**
 * A data element as logs see it.
 *
 * @param name its name in the policy
 * @param identifier which kind it is
 * @param treatment what becomes of its values
 */
public record LogElement(String name, Identifier identifier, Treatment treatment) {
  public LogElement {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(identifier, "identifier");
    Objects.requireNonNull(treatment, "treatment");
  }

  /** The element that stands for a whole kind. */
  public static LogElement of(Identifier identifier, Treatment treatment) {
    return new LogElement(identifier.element(), identifier, treatment);
  }
}
