package dev.phial.gateway.grpc;

import dev.phial.gateway.engine.DocumentEngine;
import dev.phial.gateway.engine.DocumentFlow;
import dev.phial.gateway.engine.DocumentItem;
import dev.phial.gateway.identity.Call;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** To seal, the first request is enough. */
final class SealingOpening implements FlowOpening {
  private final DocumentEngine documents;
  private final Call call;
  private Optional<DocumentItem> item = Optional.empty();

  SealingOpening(DocumentEngine documents, Call call) {
    this.documents = documents;
    this.call = call;
  }

  @Override
  public void item(DocumentItem given) {
    item = Optional.of(given);
  }

  @Override
  public Optional<CompletionStage<DocumentFlow>> open(ByteBuffer input) {
    return item.map(given -> documents.protectDocument(call, given));
  }
}
