package dev.phial.gateway.grpc;

import dev.phial.crypto.envelope.StreamHeader;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.gateway.audit.AuditLog;
import dev.phial.gateway.engine.AuditedDocuments;
import dev.phial.gateway.engine.AuditedRecords;
import dev.phial.gateway.engine.DocumentEngine;
import dev.phial.gateway.engine.DocumentFlow;
import dev.phial.gateway.engine.DocumentItem;
import dev.phial.gateway.engine.DocumentPolicies;
import dev.phial.gateway.engine.EngineLimits;
import dev.phial.gateway.engine.InMemoryKeys;
import dev.phial.gateway.engine.PolicyDocuments;
import dev.phial.gateway.engine.PolicyRecords;
import dev.phial.gateway.engine.RecordEngine;
import dev.phial.gateway.identity.Call;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The real engines for records and documents, with keys in memory; counts the bytes of documents that it was given. */
final class TestDocuments implements DocumentEngine {
  final InMemoryKeys keys = new InMemoryKeys();
  final AtomicLong taken = new AtomicLong();
  private final RecordEngine records;
  private final DocumentEngine documents;

  TestDocuments(AuditLog audit) {
    Executor pool = ForkJoinPool.commonPool();
    FipsModule module = FipsModule.start();
    this.records = new AuditedRecords(
        new PolicyRecords(() -> DocumentPolicies.POLICY, keys, module, EngineLimits.DEFAULT, pool),
        audit);
    this.documents = new AuditedDocuments(
        new PolicyDocuments(
            () -> DocumentPolicies.POLICY, keys, module, EngineLimits.DEFAULT, pool),
        audit);
  }

  RecordEngine records() {
    return records;
  }

  @Override
  public CompletionStage<DocumentFlow> protectDocument(Call call, DocumentItem item) {
    return documents.protectDocument(call, item).thenApply(Counted::new);
  }

  @Override
  public CompletionStage<DocumentFlow> revealDocument(
      Call call, DocumentItem item, StreamHeader header) {
    return documents.revealDocument(call, item, header).thenApply(Counted::new);
  }

  private final class Counted implements DocumentFlow {
    private final DocumentFlow flow;

    Counted(DocumentFlow flow) {
      this.flow = flow;
    }

    @Override
    public int keyVersion() {
      return flow.keyVersion();
    }

    @Override
    public CompletionStage<Void> update(ByteBuffer in, Consumer<ByteBuffer> out) {
      taken.addAndGet(in.remaining());
      return flow.update(in, out);
    }

    @Override
    public CompletionStage<Void> finish(Consumer<ByteBuffer> out) {
      return flow.finish(out);
    }

    @Override
    public void abandon() {
      flow.abandon();
    }
  }
}
