package dev.phial.gateway.grpc;

import dev.phial.crypto.envelope.EnvelopeFormatException;
import dev.phial.crypto.envelope.StreamHeader;
import dev.phial.gateway.engine.DocumentEngine;
import dev.phial.gateway.engine.DocumentFlow;
import dev.phial.gateway.engine.DocumentItem;
import dev.phial.gateway.engine.EngineException;
import dev.phial.gateway.engine.RefusalCode;
import dev.phial.gateway.identity.Call;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** To open, the sealed document's header has to come too, in however many pieces. */
final class RevealingOpening implements FlowOpening {
  private final DocumentEngine documents;
  private final Call call;
  private final ByteBuffer header = ByteBuffer.allocate(StreamHeader.LENGTH);
  private Optional<DocumentItem> item = Optional.empty();

  RevealingOpening(DocumentEngine documents, Call call) {
    this.documents = documents;
    this.call = call;
  }

  @Override
  public void item(DocumentItem given) {
    item = Optional.of(given);
  }

  @Override
  public Optional<CompletionStage<DocumentFlow>> open(ByteBuffer input) {
    while (header.hasRemaining() && input.hasRemaining()) {
      header.put(input.get());
    }
    return header.hasRemaining()
        ? Optional.empty()
        : item.map(given -> documents.revealDocument(call, given, parsed()));
  }

  private StreamHeader parsed() {
    try {
      return StreamHeader.parse(header.array());
    } catch (EnvelopeFormatException e) {
      throw new EngineException(RefusalCode.NOT_AUTHENTIC, String.valueOf(e.getMessage()));
    }
  }
}
