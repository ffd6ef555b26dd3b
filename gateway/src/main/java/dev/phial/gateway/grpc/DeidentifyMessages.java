package dev.phial.gateway.grpc;

import dev.phial.gateway.engine.Outcome;
import dev.phial.gateway.engine.PlainValue;
import dev.phial.gateway.engine.ProtectItem;
import dev.phial.gateway.engine.ProtectItem.Operation;
import dev.phial.proto.v1.BatchDeidentifyResponse;
import dev.phial.proto.v1.DeidentifyRequest;
import dev.phial.proto.v1.DeidentifyResponse;
import dev.phial.proto.v1.DeidentifyResult;
import java.util.List;

/** Deidentify: between messages and the engine's words. */
final class DeidentifyMessages {
  private DeidentifyMessages() {}

  static ProtectItem item(DeidentifyRequest request) {
    return new ProtectItem(
        request.getElement(),
        PlainValue.ofText(request.getValue()),
        request.getContextMap(),
        Operation.DEIDENTIFY);
  }

  /** What became of one value. */
  static Verdict<DeidentifyResponse> verdict(Outcome outcome) {
    return outcome instanceof Outcome.Withheld
        ? new Verdict.Given<>(DeidentifyResponse.newBuilder().setRemoved(true).build())
        : Verdict.protecting(outcome, DeidentifyMessages::response);
  }

  private static DeidentifyResponse response(Outcome.Protected made) {
    return DeidentifyResponse.newBuilder()
        .setValue(made.text())
        .setKeyVersion(made.keyVersion())
        .setUnchanged(made.unchanged())
        .build();
  }

  static BatchDeidentifyResponse batch(List<Outcome> outcomes) {
    return BatchDeidentifyResponse.newBuilder()
        .addAllResults(outcomes.stream().map(DeidentifyMessages::result).toList())
        .build();
  }

  private static DeidentifyResult result(Outcome outcome) {
    return verdict(outcome)
        .result(
            given -> DeidentifyResult.newBuilder().setResponse(given).build(),
            refusal -> DeidentifyResult.newBuilder().setRefusal(refusal).build());
  }
}
