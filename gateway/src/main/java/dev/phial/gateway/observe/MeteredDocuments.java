package dev.phial.gateway.observe;

import dev.phial.crypto.envelope.StreamHeader;
import dev.phial.gateway.engine.DocumentEngine;
import dev.phial.gateway.engine.DocumentFlow;
import dev.phial.gateway.engine.DocumentItem;
import dev.phial.gateway.identity.Call;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Times how documents begin, and counts those that began and the bytes that left. */
public final class MeteredDocuments implements DocumentEngine {
  private final DocumentEngine engine;
  private final Operations operations;

  public MeteredDocuments(DocumentEngine engine, MeterRegistry registry) {
    this.engine = engine;
    this.operations = new Operations(registry);
  }

  @Override
  public CompletionStage<DocumentFlow> protectDocument(Call call, DocumentItem item) {
    return operations
        .timed("protect_document", call, () -> engine.protectDocument(call, item))
        .thenApply(flow -> metered(flow, "protect", item, "protected"));
  }

  @Override
  public CompletionStage<DocumentFlow> revealDocument(
      Call call, DocumentItem item, StreamHeader header) {
    return operations
        .timed("reveal_document", call, () -> engine.revealDocument(call, item, header))
        .thenApply(flow -> metered(flow, "reveal", item, "plaintext"));
  }

  private DocumentFlow metered(
      DocumentFlow flow, String operation, DocumentItem item, String word) {
    operations.count(operation, item.element(), word);
    return new MeteredFlow(flow, operation);
  }

  private final class MeteredFlow implements DocumentFlow {
    private final DocumentFlow flow;
    private final String operation;

    MeteredFlow(DocumentFlow flow, String operation) {
      this.flow = flow;
      this.operation = operation;
    }

    @Override
    public int keyVersion() {
      return flow.keyVersion();
    }

    @Override
    public CompletionStage<Void> update(ByteBuffer in, Consumer<ByteBuffer> out) {
      return flow.update(in, counted(out));
    }

    @Override
    public CompletionStage<Void> finish(Consumer<ByteBuffer> out) {
      return flow.finish(counted(out));
    }

    private Consumer<ByteBuffer> counted(Consumer<ByteBuffer> out) {
      return bytes -> {
        operations.bytes(operation, bytes.remaining());
        out.accept(bytes);
      };
    }

    @Override
    public void abandon() {
      flow.abandon();
    }
  }
}
