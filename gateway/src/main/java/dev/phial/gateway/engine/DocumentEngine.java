package dev.phial.gateway.engine;

import dev.phial.crypto.envelope.StreamHeader;
import dev.phial.gateway.identity.Call;
import java.util.concurrent.CompletionStage;

/**
 * Seals and opens documents and images as they pass, in bounded memory. Each is one value of one element; it is revealed as
 * plaintext or not at all.
 *
 * <p>When a stage completes normally, the audit record that the document is protected or revealed is durable, so its bytes
 * may leave; a second record says how it ended. The stage fails with an {@link EngineException}. Thread-safe; never blocks.
 */
public interface DocumentEngine {

  /** A way for one document to be sealed. */
  CompletionStage<DocumentFlow> protectDocument(Call call, DocumentItem item);

  /** A way for the sealed document that {@code header} begins to be opened. */
  CompletionStage<DocumentFlow> revealDocument(Call call, DocumentItem item, StreamHeader header);
}
