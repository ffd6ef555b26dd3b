package dev.phial.gateway.grpc;

import com.google.protobuf.ByteString;
import dev.phial.gateway.engine.FieldOutcome;
import dev.phial.gateway.engine.Outcome;
import dev.phial.gateway.engine.PlainRecord;
import dev.phial.gateway.engine.PlainValue;
import dev.phial.gateway.engine.RecordOutcome;
import dev.phial.gateway.engine.StoredRecord;
import dev.phial.proto.v1.DecryptRecordRequest;
import dev.phial.proto.v1.DecryptRecordResponse;
import dev.phial.proto.v1.EncryptRecordRequest;
import dev.phial.proto.v1.EncryptRecordResponse;
import dev.phial.proto.v1.FieldResult;
import dev.phial.proto.v1.RevealedField;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** EncryptRecord and DecryptRecord: between messages and the engine's words. */
final class RecordMessages {
  private RecordMessages() {}

  static PlainRecord record(EncryptRecordRequest request) {
    Map<String, PlainValue> fields = new HashMap<>();
    request
        .getFieldsMap()
        .forEach((element, value) -> fields.put(element, PlainValue.ofBytes(value.toByteArray())));
    return new PlainRecord(request.getRecord(), fields, request.getContextMap());
  }

  static EncryptRecordResponse response(RecordOutcome outcome, String requestId) {
    if (outcome instanceof RecordOutcome.Denied denied) {
      throw Refusals.status(denied.refusal(), denied.element(), requestId);
    }
    RecordOutcome.Sealed sealed = (RecordOutcome.Sealed) outcome;
    return EncryptRecordResponse.newBuilder()
        .setCiphertext(sealed.text())
        .setKeyVersion(sealed.keyVersion())
        .putAllIndexes(sealed.indexes())
        .build();
  }

  static StoredRecord record(DecryptRecordRequest request) {
    return new StoredRecord(
        request.getRecord(),
        request.getCiphertext(),
        request.getElementsList(),
        request.getContextMap());
  }

  static DecryptRecordResponse response(List<FieldOutcome> fields) {
    return DecryptRecordResponse.newBuilder()
        .addAllFields(fields.stream().map(RecordMessages::result).toList())
        .build();
  }

  private static FieldResult result(FieldOutcome field) {
    FieldResult.Builder result = FieldResult.newBuilder().setElement(field.element());
    return Verdict.revealing(field.outcome(), RecordMessages::revealed)
        .result(
            given -> result.setRevealed(given).build(),
            refusal -> result.setRefusal(refusal).build());
  }

  private static RevealedField revealed(Outcome.Revealed revealed) {
    return RevealedField.newBuilder()
        .setValue(ByteString.copyFrom(revealed.value().bytes()))
        .setForm(Forms.of(revealed.form()))
        .build();
  }
}
