package dev.phial.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.phial.gateway.policy.Binding;
import dev.phial.gateway.policy.Element;
import dev.phial.gateway.policy.Policy;
import dev.phial.gateway.policy.Protection;
import dev.phial.gateway.policy.selector.Selector;
import dev.phial.gateway.policy.selector.Selector.Condition;
import dev.phial.gateway.policy.selector.Selector.Step;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** For every binding of a policy a resource in which an invented value stands just where the binding's selector finds it. */
final class Canaries {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final LocalDate FIRST = LocalDate.of(1961, 1, 11);

  private final Policy policy;
  private final Map<String, String> planted = new LinkedHashMap<>();

  Canaries(Policy policy) {
    this.policy = policy;
  }

  /** A bundle of such resources, one for each binding that is not about the bundle itself. */
  String bundle(List<Binding> bindings) {
    ObjectNode bundle = JSON.createObjectNode().put("resourceType", "Bundle").put("type", "batch");
    ArrayNode entries = bundle.putArray("entry");
    for (Binding binding : bindings) {
      if (binding.selector().root().equals("Bundle")) {
        ObjectNode nested = JSON.createObjectNode();
        nested.put("resourceType", "Bundle");
        plant(nested, binding);
        entries.addObject().set("resource", nested);
      } else {
        entries.addObject().set("resource", resource(binding));
      }
    }
    return bundle.toString();
  }

  private ObjectNode resource(Binding binding) {
    String root = binding.selector().root();
    ObjectNode resource = JSON.createObjectNode();
    resource.put("resourceType", root.equals(Selector.ANY_RESOURCE) ? "Basic" : root);
    plant(resource, binding);
    return resource;
  }

  /** Selector to what was planted for it. */
  Map<String, String> planted() {
    return planted;
  }

  private void plant(ObjectNode resource, Binding binding) {
    ObjectNode at = resource;
    List<Step> steps = binding.selector().steps();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      boolean last = i == steps.size() - 1;
      if (step instanceof Step.Where where) {
        for (Condition condition : where.conditions()) {
          satisfy(at, condition);
        }
      } else if (step instanceof Step.Member member && last) {
        at.put(member.name(), value(binding));
      } else if (step instanceof Step.Member member) {
        at = at.withObject("/" + member.name());
      } else if (step instanceof Step.Descendants) {
        at = at.withObject("/deeper");
      }
    }
  }

  private static void satisfy(ObjectNode at, Condition condition) {
    List<String> path = new ArrayList<>(
        condition instanceof Condition.Equals equals
            ? equals.path()
            : ((Condition.Exists) condition).path());
    String last = path.remove(path.size() - 1);
    ObjectNode holder = at;
    for (String member : path) {
      holder = holder.withObject("/" + member);
    }
    holder.put(last, condition instanceof Condition.Equals equals ? equals.literal() : "there");
  }

  private String value(Binding binding) {
    int number = planted.size();
    Element element = policy.element(binding.element()).orElseThrow();
    String value = value(element, number);
    planted.put(binding.selector().source(), value);
    return binding.within().isEmpty() ? value : binding.within().get(0).replace("{}", value);
  }

  private static String value(Element element, int number) {
    if (element.protection() instanceof Protection.Generalize generalize) {
      return switch (generalize.rule().rule()) {
        case "zip3-safe-harbor" -> "9" + (46_000 + number) + "-7" + (100 + number);
        case "age-90" -> "93." + (7_000 + number);
        default -> FIRST.plusDays(11L * number).toString();
      };
    }
    return "Canary-" + (7_000 + number) + "-Quillfeather";
  }
}
