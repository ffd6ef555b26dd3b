package dev.phial.gateway.engine;

import dev.phial.gateway.identity.Call;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Records how a document ended, once: whole, refused, or given up; and how many bytes had left by then. */
final class AuditedFlow implements DocumentFlow {
  private final DocumentFlow flow;
  private final String action;
  private final Call call;
  private final AuditTrail trail;
  private final AtomicLong given = new AtomicLong();
  private final AtomicBoolean ended = new AtomicBoolean();

  AuditedFlow(DocumentFlow flow, String action, Call call, AuditTrail trail) {
    this.flow = flow;
    this.action = action;
    this.call = call;
    this.trail = trail;
  }

  @Override
  public int keyVersion() {
    return flow.keyVersion();
  }

  @Override
  public CompletionStage<Void> update(ByteBuffer in, Consumer<ByteBuffer> out) {
    return flow.update(in, counted(out)).exceptionallyCompose(this::failed);
  }

  @Override
  public CompletionStage<Void> finish(Consumer<ByteBuffer> out) {
    return flow.finish(counted(out))
        .exceptionallyCompose(this::failed)
        .thenCompose(done -> end("ok"));
  }

  @Override
  public void abandon() {
    flow.abandon();
    var unused = end("cancelled");
  }

  private Consumer<ByteBuffer> counted(Consumer<ByteBuffer> out) {
    return bytes -> {
      given.addAndGet(bytes.remaining());
      out.accept(bytes);
    };
  }

  /** The failure itself, when it is recorded. */
  private CompletionStage<Void> failed(Throwable failure) {
    EngineException known = EngineException.of(failure);
    return end(Outcomes.word(known.code())).thenAccept(recorded -> {
      throw known;
    });
  }

  private CompletionStage<Void> end(String outcome) {
    if (!ended.compareAndSet(false, true)) {
      return CompletableFuture.completedFuture(null);
    }
    return trail.record(AuditTrail.event(
        action, call, outcome, List.of(), Map.of("bytes", Long.toString(given.get()))));
  }
}
