package dev.phial.gateway.transform;

import dev.phial.gateway.engine.RevealItem;
import dev.phial.gateway.transform.TransformException.Reason;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Reveals what the rules select in a body, as far as the caller may see it. */
final class RevealingRewriter implements BodyRewriter {
  private final StrictJson json;
  private final BodyRules rules;
  private final BatchedEngine<RevealItem> engine;

  RevealingRewriter(StrictJson json, BodyRules rules, BatchedEngine<RevealItem> engine) {
    this.json = json;
    this.rules = rules;
    this.engine = engine;
  }

  @Override
  public CompletionStage<byte[]> rewrite(byte[] body, Executor on) {
    JsonTree tree = json.parse(body, rules.names());
    List<Selection> chosen =
        new Choice(tree, rules).of(new SelectorWalk(tree, rules.selected()).run());
    return engine.run(tree, tasks(tree, chosen), on);
  }

  private List<ValueTask<RevealItem>> tasks(JsonTree tree, List<Selection> chosen) {
    return chosen.stream()
        .map(selection ->
            task(new Spot(tree, rules, selection.node(), selection.rule()), selection.companion()))
        .flatMap(List::stream)
        .toList();
  }

  private List<ValueTask<RevealItem>> task(Spot spot, boolean companion) {
    RevealedText text = new RevealedText(spot, json);
    if (companion) {
      return RevealedCompanion.in(spot, text);
    }
    // FF1 has no integrity: a number that was never a token would open to another number.
    if (spot.rule().handling() == Rule.Handling.TOKENIZE
        && spot.tree().kind(spot.node()) != JsonTree.Kind.STRING) {
      throw spot.refused(
          Reason.NOT_AUTHENTIC, "the element is tokenized, and what is stored is no JSON string");
    }
    return List.of(RevealedValue.of(spot, text));
  }
}
