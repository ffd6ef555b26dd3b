package dev.phial.gateway.grpc;

import dev.phial.gateway.engine.DocumentFlow;
import dev.phial.gateway.engine.DocumentItem;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** How a document's way through the engine begins. For one call. */
interface FlowOpening {

  /** The first request came. */
  void item(DocumentItem item);

  /**
   * The way, when enough is known to open it: asked again with more input until then. Takes from {@code input} what it needs and
   * leaves the rest.
   */
  Optional<CompletionStage<DocumentFlow>> open(ByteBuffer input);
}
