package dev.phial.gateway.transform;

import dev.phial.gateway.engine.ProtectItem;
import dev.phial.gateway.transform.TransformException.Reason;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Protects what the rules select in a body. */
final class ProtectingRewriter implements BodyRewriter {
  private final StrictJson json;
  private final BodyRules rules;
  private final BatchedEngine<ProtectItem> engine;

  ProtectingRewriter(StrictJson json, BodyRules rules, BatchedEngine<ProtectItem> engine) {
    this.json = json;
    this.rules = rules;
    this.engine = engine;
  }

  @Override
  public CompletionStage<byte[]> rewrite(byte[] body, Executor on) {
    JsonTree tree = json.parse(body, rules.names());
    if (rules.selectResources()) {
      FhirFrame.require(tree, rules);
    }
    List<Selection> chosen =
        new Choice(tree, rules).of(new SelectorWalk(tree, rules.selected()).run());
    return engine.run(tree, tasks(tree, chosen), on);
  }

  private List<ValueTask<ProtectItem>> tasks(JsonTree tree, List<Selection> chosen) {
    Patients patients = new Patients(tree, rules);
    return chosen.stream()
        .map(selection -> task(
            new Spot(tree, rules, selection.node(), selection.rule()),
            selection.companion(),
            patients))
        .flatMap(List::stream)
        .toList();
  }

  private static List<ValueTask<ProtectItem>> task(
      Spot spot, boolean companion, Patients patients) {
    if (companion) {
      return ResentCompanion.in(spot);
    }
    Rule.Handling handling = spot.rule().handling();
    if (!handling.takes(spot.tree().kind(spot.node()))) {
      throw spot.refused(Reason.INVALID_VALUE, handling.taken());
    }
    Map<String, String> context =
        handling == Rule.Handling.SHIFT ? Map.of(ProtectItem.PATIENT, patients.of(spot)) : Map.of();
    return List.of(ProtectedValue.of(spot, context));
  }
}
