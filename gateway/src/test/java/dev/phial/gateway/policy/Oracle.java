package dev.phial.gateway.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.phial.gateway.policy.selector.Selector;
import dev.phial.gateway.policy.selector.Selector.Condition;
import dev.phial.gateway.policy.selector.Selector.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a selector finds, worked out the slow and obvious way: a second opinion on the policy, not the product's evaluator. */
final class Oracle {
  /** A value that was found, as the member of an object or one item of a member that is a list. */
  record Found(JsonNode holder, String member, JsonNode value, Binding binding) {}

  private Oracle() {}

  static List<Found> find(JsonNode document, List<Binding> bindings) {
    List<Found> found = new ArrayList<>();
    for (Binding binding : bindings) {
      for (JsonNode root : roots(document, binding.selector().root())) {
        follow(List.of(root), binding.selector().steps(), binding, found);
      }
    }
    return found;
  }

  private static List<JsonNode> roots(JsonNode document, String root) {
    if (root.equals(Selector.DOCUMENT)) {
      return List.of(document);
    }
    return objects(document).stream()
        .filter(object -> object.has("resourceType"))
        .filter(object -> root.equals(Selector.ANY_RESOURCE)
            || object.get("resourceType").asText().equals(root))
        .toList();
  }

  private static void follow(
      List<JsonNode> from, List<Step> steps, Binding binding, List<Found> found) {
    Step step = steps.get(0);
    if (steps.size() == 1 && step instanceof Step.Member last) {
      for (JsonNode holder : from) {
        for (JsonNode value : items(holder.path(last.name()))) {
          found.add(new Found(holder, last.name(), value, binding));
        }
      }
      return;
    }
    follow(
        from.stream().flatMap(node -> take(node, step).stream()).toList(),
        steps.subList(1, steps.size()),
        binding,
        found);
  }

  private static List<JsonNode> take(JsonNode node, Step step) {
    if (step instanceof Step.Member member) {
      return items(node.path(member.name()));
    }
    if (step instanceof Step.Where where) {
      return where.conditions().stream().allMatch(c -> holds(node, c)) ? List.of(node) : List.of();
    }
    return objects(node);
  }

  private static boolean holds(JsonNode node, Condition condition) {
    if (condition instanceof Condition.Equals equals) {
      return at(node, equals.path()).stream()
          .anyMatch(v -> v.isTextual() && v.asText().equals(equals.literal()));
    }
    return condition instanceof Condition.Exists exists
        && !at(node, exists.path()).isEmpty();
  }

  private static List<JsonNode> at(JsonNode node, List<String> path) {
    List<JsonNode> here = List.of(node);
    for (String name : path) {
      here = here.stream().flatMap(n -> items(n.path(name)).stream()).toList();
    }
    return here;
  }

  private static List<JsonNode> items(JsonNode node) {
    List<JsonNode> items = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(item -> items.addAll(items(item)));
    } else if (!node.isMissingNode() && !node.isNull()) {
      items.add(node);
    }
    return items;
  }

  /** Every object at or below a node. */
  private static List<JsonNode> objects(JsonNode node) {
    List<JsonNode> objects = new ArrayList<>();
    if (node.isObject()) {
      objects.add(node);
    }
    node.forEach(child -> objects.addAll(objects(child)));
    return objects;
  }

  /** The part of a text that the binding's templates mean; nothing when the binding does not select it. */
  static Optional<String> inner(Binding binding, String text) {
    if (binding.within().isEmpty()) {
      return Optional.of(text);
    }
    return binding.within().stream()
        .map(template -> {
          int hole = template.indexOf("{}");
          String before = template.substring(0, hole);
          String after = template.substring(hole + 2);
          boolean fits = text.length() > before.length() + after.length()
              && text.startsWith(before)
              && text.endsWith(after);
          return fits ? text.substring(before.length(), text.length() - after.length()) : "";
        })
        .filter(inner -> inner.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"))
        .findFirst();
  }
}
