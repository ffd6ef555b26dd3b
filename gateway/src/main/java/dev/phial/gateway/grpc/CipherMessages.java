package dev.phial.gateway.grpc;

import com.google.protobuf.ByteString;
import dev.phial.gateway.engine.Outcome;
import dev.phial.gateway.engine.PlainValue;
import dev.phial.gateway.engine.ProtectItem;
import dev.phial.gateway.engine.ProtectItem.Operation;
import dev.phial.gateway.engine.RevealItem;
import dev.phial.proto.v1.BatchDecryptResponse;
import dev.phial.proto.v1.BatchEncryptResponse;
import dev.phial.proto.v1.BatchReencryptResponse;
import dev.phial.proto.v1.DecryptRequest;
import dev.phial.proto.v1.DecryptResponse;
import dev.phial.proto.v1.DecryptResult;
import dev.phial.proto.v1.EncryptRequest;
import dev.phial.proto.v1.EncryptResponse;
import dev.phial.proto.v1.EncryptResult;
import java.util.List;

/** Encrypt and Decrypt: between messages and the engine's words. */
final class CipherMessages {
  private CipherMessages() {}

  static ProtectItem item(EncryptRequest request) {
    return new ProtectItem(
        request.getElement(),
        PlainValue.ofBytes(request.getPlaintext().toByteArray()),
        request.getContextMap(),
        Operation.ENCRYPT);
  }

  static EncryptResponse response(Outcome.Protected made) {
    return EncryptResponse.newBuilder()
        .setCiphertext(made.text())
        .setKeyVersion(made.keyVersion())
        .setIndex(made.index())
        .setUnchanged(made.unchanged())
        .build();
  }

  static BatchEncryptResponse batch(List<Outcome> outcomes) {
    return BatchEncryptResponse.newBuilder()
        .addAllResults(outcomes.stream().map(CipherMessages::result).toList())
        .build();
  }

  static BatchReencryptResponse renewBatch(List<Outcome> outcomes) {
    return BatchReencryptResponse.newBuilder()
        .addAllResults(outcomes.stream().map(CipherMessages::result).toList())
        .build();
  }

  private static EncryptResult result(Outcome outcome) {
    return Verdict.protecting(outcome, CipherMessages::response)
        .result(
            given -> EncryptResult.newBuilder().setResponse(given).build(),
            refusal -> EncryptResult.newBuilder().setRefusal(refusal).build());
  }

  static RevealItem item(DecryptRequest request) {
    return new RevealItem(
        request.getElement(),
        request.getCiphertext(),
        request.getContextMap(),
        0,
        Operation.ENCRYPT);
  }

  static DecryptResponse response(Outcome.Revealed revealed) {
    return DecryptResponse.newBuilder()
        .setPlaintext(ByteString.copyFrom(revealed.value().bytes()))
        .setForm(Forms.of(revealed.form()))
        .build();
  }

  static BatchDecryptResponse revealBatch(List<Outcome> outcomes) {
    return BatchDecryptResponse.newBuilder()
        .addAllResults(outcomes.stream().map(CipherMessages::revealResult).toList())
        .build();
  }

  private static DecryptResult revealResult(Outcome outcome) {
    return Verdict.revealing(outcome, CipherMessages::response)
        .result(
            given -> DecryptResult.newBuilder().setResponse(given).build(),
            refusal -> DecryptResult.newBuilder().setRefusal(refusal).build());
  }
}
