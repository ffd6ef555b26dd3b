package dev.phial.gateway.engine;

import dev.phial.crypto.envelope.StreamHeader;
import dev.phial.gateway.audit.AuditEvent.ElementCount;
import dev.phial.gateway.audit.AuditLog;
import dev.phial.gateway.identity.Call;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Records a document twice: that it is protected or revealed, before its first byte leaves (decision 7); and how it ended,
 * before its end is told.
 */
public final class AuditedDocuments implements DocumentEngine {
  private final DocumentEngine engine;
  private final AuditTrail trail;

  public AuditedDocuments(DocumentEngine engine, AuditLog audit) {
    this.engine = engine;
    this.trail = new AuditTrail(audit);
  }

  @Override
  public CompletionStage<DocumentFlow> protectDocument(Call call, DocumentItem item) {
    return begun("protect", "protected", call, item, engine.protectDocument(call, item));
  }

  @Override
  public CompletionStage<DocumentFlow> revealDocument(
      Call call, DocumentItem item, StreamHeader header) {
    return begun("reveal", "plaintext", call, item, engine.revealDocument(call, item, header));
  }

  private CompletionStage<DocumentFlow> begun(
      String action,
      String result,
      Call call,
      DocumentItem item,
      CompletionStage<DocumentFlow> opening) {
    Function<DocumentFlow, List<ElementCount>> count =
        flow -> List.of(new ElementCount(item.element(), result, flow.keyVersion(), 1));
    return trail
        .recorded(action, call, opening, count)
        .whenComplete((flow, failure) -> {
          if (failure != null) {
            // The record was not made: the way that was opened is not taken.
            var unused = opening.whenComplete((opened, refused) -> {
              if (opened != null) {
                opened.abandon();
              }
            });
          }
        })
        .thenApply(flow -> new AuditedFlow(flow, action + "_end", call, trail));
  }
}
