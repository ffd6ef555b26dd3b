package dev.phial.gateway.policy.selector;

import java.util.List;

/**
 * A parsed selector: a subset of FHIRPath, over JSON member names. Arrays are stepped into without a step of their own.
 *
 * <ul>
 *   <li>{@code Patient.name.given}: in any resource of that type, wherever it stands (bundle entry, contained ...)
 *   <li>{@code Resource.descendants().reference}: in any resource; {@code descendants()} is every object below, at any
 *       depth, including nested resources
 *   <li>{@code Patient.identifier.where(system='http://hl7.org/fhir/sid/us-ssn').value}; conditions joined by {@code and};
 *       {@code path='literal'} holds when any value at the path equals it, {@code path.exists()} when there is one;
 *       {@code extension('url')} is short for {@code extension.where(url='url')}
 *   <li>{@code $.patient.ssn}: for plain JSON bodies, from the document's root
 * </ul>
 *
 * @param source the text it was parsed from
 * @param root a resource type, {@code Resource} for any, or {@code $}
 * @param steps the steps, at least one
 */
public record Selector(String source, String root, List<Step> steps) {
  public static final String ANY_RESOURCE = "Resource";
  public static final String DOCUMENT = "$";

  public Selector {
    steps = List.copyOf(steps);
  }

  /** One step. */
  public sealed interface Step {
    /** To the values of a member. */
    record Member(String name) implements Step {}

    /** To every object at any depth below, the current ones included. */
    record Descendants() implements Step {}

    /** Keeps the objects for which every condition holds. */
    record Where(List<Condition> conditions) implements Step {
      public Where {
        conditions = List.copyOf(conditions);
      }
    }
  }

  /** A condition on an object. */
  public sealed interface Condition {
    /** Some string at {@code path} equals {@code literal}. */
    record Equals(List<String> path, String literal) implements Condition {
      public Equals {
        path = List.copyOf(path);
      }
    }

    /** There is something at {@code path}. */
    record Exists(List<String> path) implements Condition {
      public Exists {
        path = List.copyOf(path);
      }
    }
  }
}
