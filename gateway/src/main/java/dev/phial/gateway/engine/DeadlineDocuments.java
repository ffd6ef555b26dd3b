package dev.phial.gateway.engine;

import dev.phial.crypto.envelope.StreamHeader;
import dev.phial.gateway.identity.Call;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Bounds how long it may take for a document to begin; see {@link DeadlineEngine}. How long it then passes is the caller's deadline's matter. */
public final class DeadlineDocuments implements DocumentEngine {
  private final DocumentEngine engine;
  private final KeyDeadline deadline;

  public DeadlineDocuments(DocumentEngine engine, Duration deadline) {
    this.engine = engine;
    this.deadline = new KeyDeadline(deadline);
  }

  @Override
  public CompletionStage<DocumentFlow> protectDocument(Call call, DocumentItem item) {
    return deadline.bounded(engine.protectDocument(call, item));
  }

  @Override
  public CompletionStage<DocumentFlow> revealDocument(
      Call call, DocumentItem item, StreamHeader header) {
    return deadline.bounded(engine.revealDocument(call, item, header));
  }
}
