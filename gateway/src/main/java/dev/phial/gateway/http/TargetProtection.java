package dev.phial.gateway.http;

import dev.phial.gateway.engine.Outcome;
import dev.phial.gateway.engine.PlainValue;
import dev.phial.gateway.engine.ProtectItem;
import dev.phial.gateway.engine.ProtectionEngine;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Writes the target of the upstream's request anew, with bound path and query parameters protected in one batch. */
final class TargetProtection {
  private static final String IN_SEGMENT = "!$&'()*+,=:@";

  private final ProtectionEngine engine;

  TargetProtection(ProtectionEngine engine) {
    this.engine = engine;
  }

  CompletionStage<String> target(Admitted admitted) {
    List<ProtectItem> items = items(admitted);
    return items.isEmpty()
        ? CompletableFuture.completedFuture(written(admitted, List.<String>of().iterator()))
        : engine
            .protect(admitted.call(), items)
            .thenApply(outcomes -> written(admitted, texts(items, outcomes).iterator()));
  }

  private static List<ProtectItem> items(Admitted admitted) {
    List<ProtectItem> items = new ArrayList<>();
    List<String> segments = admitted.target().segments();
    for (int i = 0; i < segments.size(); i++) {
      add(items, admitted.route().elementAt(i), segments.get(i));
    }
    Map<String, String> bound = admitted.route().http().queryBound();
    for (Target.Parameter parameter : admitted.target().query()) {
      add(items, bound.getOrDefault(parameter.name(), ""), parameter.value());
    }
    return items;
  }

  private static void add(List<ProtectItem> items, String element, String value) {
    if (!element.isEmpty()) {
      items.add(ProtectItem.of(element, PlainValue.ofText(value)));
    }
  }

  private static List<String> texts(List<ProtectItem> items, List<Outcome> outcomes) {
    if (outcomes.size() != items.size()) {
      throw Refusals.internal();
    }
    return outcomes.stream().map(TargetProtection::text).toList();
  }

  private static String text(Outcome outcome) {
    if (outcome instanceof Outcome.Protected made) {
      return made.text();
    }
    if (outcome instanceof Outcome.Refused refused) {
      throw Refusals.ofEngine(refused.code(), refused.message());
    }
    throw new Refusal(
        422, "invalid-value", "an element that is redacted cannot stand in a path or query");
  }

  private static String written(Admitted admitted, Iterator<String> made) {
    StringBuilder target = new StringBuilder();
    List<String> segments = admitted.target().segments();
    for (int i = 0; i < segments.size(); i++) {
      String segment = admitted.route().elementAt(i).isEmpty() ? segments.get(i) : made.next();
      target.append('/').append(PercentCoding.encode(segment, IN_SEGMENT));
    }
    if (segments.isEmpty()) {
      target.append('/');
    }
    char mark = '?';
    for (Target.Parameter parameter : admitted.target().query()) {
      boolean bound = admitted.route().http().queryBound().containsKey(parameter.name());
      target
          .append(mark)
          .append(PercentCoding.encode(parameter.name(), ":"))
          .append('=')
          .append(bound ? PercentCoding.encode(made.next(), "") : parameter.raw());
      mark = '&';
    }
    return target.toString();
  }
}
