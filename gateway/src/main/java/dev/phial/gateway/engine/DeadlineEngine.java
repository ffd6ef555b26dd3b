package dev.phial.gateway.engine;

import dev.phial.gateway.identity.Call;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Bounds how long an operation may take: a KMS or a store that never answers must not hold requests open. What comes after the
 * deadline is dropped.
 */
public final class DeadlineEngine implements ProtectionEngine {
  private final ProtectionEngine engine;
  private final KeyDeadline deadline;

  public DeadlineEngine(ProtectionEngine engine, Duration deadline) {
    this.engine = engine;
    this.deadline = new KeyDeadline(deadline);
  }

  @Override
  public CompletionStage<List<Outcome>> protect(Call call, List<ProtectItem> items) {
    return deadline.bounded(engine.protect(call, items));
  }

  @Override
  public CompletionStage<List<Outcome>> reveal(Call call, List<RevealItem> items) {
    return deadline.bounded(engine.reveal(call, items));
  }

  @Override
  public CompletionStage<List<Outcome>> renew(Call call, List<RevealItem> items) {
    return deadline.bounded(engine.renew(call, items));
  }

  @Override
  public CompletionStage<List<Outcome>> index(Call call, List<ProtectItem> items) {
    return deadline.bounded(engine.index(call, items));
  }
}
