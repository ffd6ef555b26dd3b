package dev.phial.gateway.transform;

import dev.phial.gateway.engine.EngineException;
import dev.phial.gateway.engine.Outcome;
import dev.phial.gateway.transform.TransformException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Takes all values of a body through the engine: in one call, or in as few as the engine's limit allows, one after the
 * other. Nothing is put into the body before all have been answered.
 *
 * @param <I> what the engine takes
 */
final class BatchedEngine<I> {
  private final Function<List<I>, CompletionStage<List<Outcome>>> engine;
  private final TransformLimits limits;

  BatchedEngine(Function<List<I>, CompletionStage<List<Outcome>>> engine, TransformLimits limits) {
    this.engine = engine;
    this.limits = limits;
  }

  CompletionStage<byte[]> run(JsonTree tree, List<? extends ValueTask<I>> tasks, Executor on) {
    if (tasks.isEmpty()) {
      return CompletableFuture.completedFuture(tree.source());
    }
    return answers(tasks, 0, new ArrayList<>())
        .exceptionallyCompose(failure -> CompletableFuture.failedFuture(translated(failure)))
        .thenApplyAsync(outcomes -> applied(tree, tasks, outcomes), on);
  }

  private CompletionStage<List<Outcome>> answers(
      List<? extends ValueTask<I>> tasks, int from, List<Outcome> sofar) {
    int to = batchEnd(tasks, from);
    List<I> batch = new ArrayList<>(to - from);
    tasks.subList(from, to).forEach(task -> batch.add(task.item()));
    return engine.apply(batch).thenCompose(outcomes -> {
      if (outcomes.size() != batch.size()) {
        throw new TransformException(Reason.INTERNAL, "the engine did not answer every value");
      }
      sofar.addAll(outcomes);
      return to == tasks.size()
          ? CompletableFuture.completedFuture(sofar)
          : answers(tasks, to, sofar);
    });
  }

  private int batchEnd(List<? extends ValueTask<I>> tasks, int from) {
    long bytes = tasks.get(from).bytes();
    int to = from + 1;
    while (to < tasks.size()
        && to - from < limits.batchItems()
        && bytes + tasks.get(to).bytes() <= limits.batchBytes()) {
      bytes += tasks.get(to).bytes();
      to++;
    }
    return to;
  }

  private byte[] applied(
      JsonTree tree, List<? extends ValueTask<I>> tasks, List<Outcome> outcomes) {
    Edits edits = new Edits(tree);
    for (int i = 0; i < tasks.size(); i++) {
      tasks.get(i).finish(outcomes.get(i), edits);
    }
    return edits.applied();
  }

  private static TransformException translated(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof TransformException refused) {
      return refused;
    }
    if (cause instanceof EngineException engine) {
      return new TransformException(
          Refusals.reason(engine.code()), String.valueOf(engine.getMessage()));
    }
    return new TransformException(
        Reason.INTERNAL, "the engine failed; see the gateway's log under the request id");
  }
}
