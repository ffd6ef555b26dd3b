package dev.phial.gateway.transform;

import dev.phial.gateway.policy.Binding;
import dev.phial.gateway.policy.Element;
import dev.phial.gateway.policy.PatientSelector;
import dev.phial.gateway.policy.Policy;
import dev.phial.gateway.policy.Protection;
import dev.phial.gateway.transform.JsonTree.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One binding, ready for use.
 *
 * @param order its place in the route; of two that select the same value the lower counts
 * @param binding as the policy has it
 * @param handling what its element does to values
 * @param within which part of a text is meant; empty: all of it
 * @param fits whether such a part can be the element's at all; asked only where {@code within} has templates
 * @param wrap what is put around a protected text
 */
record Rule(
    int order,
    Binding binding,
    Handling handling,
    List<Template> within,
    Predicate<String> fits,
    Template wrap) {

  /** What an element does to values, as far as it matters to bodies. */
  enum Handling {
    SEAL,
    TOKENIZE,
    /** A date takes the place of a date, as its patient's do. */
    SHIFT,
    /** Another text takes the place of a text. */
    REWRITE,
    /** Another text or number takes the place of a text or number. */
    COARSEN,
    REDACT,
    /** The value is only read: it says whose the others are. */
    READ;

    /** Whether values of this kind can be the element's. */
    boolean takes(Kind kind) {
      return switch (this) {
        case SEAL, REDACT, READ -> true;
        case TOKENIZE, SHIFT, REWRITE -> kind == Kind.STRING;
        case COARSEN -> kind == Kind.STRING || kind == Kind.NUMBER;
      };
    }

    /** What is said of a value of another kind. */
    String taken() {
      return switch (this) {
        case TOKENIZE ->
          "the element is tokenized and takes a JSON string; send the value in quotes";
        case COARSEN -> "the element's rule takes a JSON string or number";
        default -> "the element's rule takes a JSON string; send the value in quotes";
      };
    }
  }

  static Rule of(int order, Binding binding, Policy policy) {
    Element element = policy
        .element(binding.element())
        .orElseThrow(() -> new IllegalArgumentException("binding "
            + binding.selector().source() + ": the policy has no element " + binding.element()));
    return new Rule(
        order,
        binding,
        handling(element.protection()),
        binding.within().stream().map(Template::parse).toList(),
        element::fits,
        binding.wrap().isEmpty() ? Template.NONE : Template.parse(binding.wrap()));
  }

  /** A rule whose values are only read. */
  static Rule ofPatient(int order, PatientSelector patient) {
    return new Rule(
        order,
        new Binding(
            patient.selector(), "patient", patient.templates(), "", Binding.Placement.VALUE),
        Handling.READ,
        patient.templates().stream().map(Template::parse).toList(),
        part -> true,
        Template.NONE);
  }

  private static Handling handling(Protection protection) {
    if (protection instanceof Protection.Encrypt) {
      return Handling.SEAL;
    }
    if (protection instanceof Protection.Tokenize) {
      return Handling.TOKENIZE;
    }
    if (protection instanceof Protection.Shift) {
      return Handling.SHIFT;
    }
    if (protection instanceof Protection.Generalize) {
      return Handling.COARSEN;
    }
    return protection instanceof Protection.Redact ? Handling.REDACT : Handling.REWRITE;
  }

  String element() {
    return binding.element();
  }

  boolean extension() {
    return binding.placement() == Binding.Placement.EXTENSION;
  }

  /** The first template that fits {@code text} with a part that can be the element's; the whole text fits when there are no templates. */
  Optional<Template> fitting(String text) {
    if (within.isEmpty()) {
      return Optional.of(Template.NONE);
    }
    return within.stream()
        .filter(template -> template.inner(text).filter(fits).isPresent())
        .findFirst();
  }

  /** Names the binding in errors. */
  String label() {
    return "element " + element() + " (" + binding.selector().source() + ")";
  }
}
