package dev.phial.gateway.grpc;

import dev.phial.gateway.engine.Outcome;
import dev.phial.gateway.engine.PlainValue;
import dev.phial.gateway.engine.ProtectItem;
import dev.phial.proto.v1.BatchIndexResponse;
import dev.phial.proto.v1.IndexRequest;
import dev.phial.proto.v1.IndexResponse;
import dev.phial.proto.v1.IndexResult;
import java.util.List;

/** Index: between messages and the engine's words. */
final class IndexMessages {
  private IndexMessages() {}

  static ProtectItem item(IndexRequest request) {
    return ProtectItem.of(
        request.getElement(), PlainValue.ofBytes(request.getValue().toByteArray()));
  }

  static IndexResponse response(Outcome.Indexed made) {
    return IndexResponse.newBuilder()
        .addAllDigests(made.digests())
        .setKeyVersion(made.keyVersion())
        .build();
  }

  static BatchIndexResponse batch(List<Outcome> outcomes) {
    return BatchIndexResponse.newBuilder()
        .addAllResults(outcomes.stream().map(IndexMessages::result).toList())
        .build();
  }

  private static IndexResult result(Outcome outcome) {
    return Verdict.indexing(outcome, IndexMessages::response)
        .result(
            given -> IndexResult.newBuilder().setResponse(given).build(),
            refusal -> IndexResult.newBuilder().setRefusal(refusal).build());
  }
}
