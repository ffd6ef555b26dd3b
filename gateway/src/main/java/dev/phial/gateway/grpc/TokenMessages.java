package dev.phial.gateway.grpc;

import dev.phial.gateway.engine.Outcome;
import dev.phial.gateway.engine.PlainValue;
import dev.phial.gateway.engine.ProtectItem;
import dev.phial.gateway.engine.ProtectItem.Operation;
import dev.phial.gateway.engine.RevealItem;
import dev.phial.proto.v1.BatchDetokenizeResponse;
import dev.phial.proto.v1.BatchRetokenizeResponse;
import dev.phial.proto.v1.BatchTokenizeResponse;
import dev.phial.proto.v1.DetokenizeRequest;
import dev.phial.proto.v1.DetokenizeResponse;
import dev.phial.proto.v1.DetokenizeResult;
import dev.phial.proto.v1.TokenizeRequest;
import dev.phial.proto.v1.TokenizeResponse;
import dev.phial.proto.v1.TokenizeResult;
import java.util.List;

/** Tokenize and Detokenize: between messages and the engine's words. */
final class TokenMessages {
  private TokenMessages() {}

  static ProtectItem item(TokenizeRequest request) {
    return new ProtectItem(
        request.getElement(),
        PlainValue.ofText(request.getValue()),
        request.getContextMap(),
        Operation.TOKENIZE);
  }

  static TokenizeResponse response(Outcome.Protected made) {
    return TokenizeResponse.newBuilder()
        .setToken(made.text())
        .setKeyVersion(made.keyVersion())
        .setUnchanged(made.unchanged())
        .setIndex(made.index())
        .build();
  }

  static BatchTokenizeResponse batch(List<Outcome> outcomes) {
    return BatchTokenizeResponse.newBuilder()
        .addAllResults(outcomes.stream().map(TokenMessages::result).toList())
        .build();
  }

  static BatchRetokenizeResponse renewBatch(List<Outcome> outcomes) {
    return BatchRetokenizeResponse.newBuilder()
        .addAllResults(outcomes.stream().map(TokenMessages::result).toList())
        .build();
  }

  private static TokenizeResult result(Outcome outcome) {
    return Verdict.protecting(outcome, TokenMessages::response)
        .result(
            given -> TokenizeResult.newBuilder().setResponse(given).build(),
            refusal -> TokenizeResult.newBuilder().setRefusal(refusal).build());
  }

  static RevealItem item(DetokenizeRequest request) {
    return new RevealItem(
        request.getElement(),
        request.getToken(),
        request.getContextMap(),
        request.getKeyVersion(),
        Operation.TOKENIZE);
  }

  static DetokenizeResponse response(Outcome.Revealed revealed) {
    return DetokenizeResponse.newBuilder()
        .setValue(revealed.value().text())
        .setForm(Forms.of(revealed.form()))
        .build();
  }

  static BatchDetokenizeResponse revealBatch(List<Outcome> outcomes) {
    return BatchDetokenizeResponse.newBuilder()
        .addAllResults(outcomes.stream().map(TokenMessages::revealResult).toList())
        .build();
  }

  private static DetokenizeResult revealResult(Outcome outcome) {
    return Verdict.revealing(outcome, TokenMessages::response)
        .result(
            given -> DetokenizeResult.newBuilder().setResponse(given).build(),
            refusal -> DetokenizeResult.newBuilder().setRefusal(refusal).build());
  }
}
