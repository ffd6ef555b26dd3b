package dev.phial.gateway.grpc;

import com.google.protobuf.ByteString;
import dev.phial.gateway.engine.DocumentEngine;
import dev.phial.gateway.engine.DocumentItem;
import dev.phial.gateway.engine.RecordEngine;
import dev.phial.proto.v1.DecryptRecordRequest;
import dev.phial.proto.v1.DecryptRecordResponse;
import dev.phial.proto.v1.DecryptStreamRequest;
import dev.phial.proto.v1.DecryptStreamResponse;
import dev.phial.proto.v1.DocumentServiceGrpc.DocumentServiceImplBase;
import dev.phial.proto.v1.DocumentStart;
import dev.phial.proto.v1.EncryptRecordRequest;
import dev.phial.proto.v1.EncryptRecordResponse;
import dev.phial.proto.v1.EncryptStreamRequest;
import dev.phial.proto.v1.EncryptStreamResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/** {@code phial.v1.DocumentService}: records by one call of the engine each, documents as they pass. Decides nothing. */
final class DocumentEndpoint extends DocumentServiceImplBase {
  private final RecordEngine records;
  private final DocumentEngine documents;

  DocumentEndpoint(RecordEngine records, DocumentEngine documents) {
    this.records = records;
    this.documents = documents;
  }

  @Override
  public void encryptRecord(
      EncryptRecordRequest request, StreamObserver<EncryptRecordResponse> observer) {
    Answer<EncryptRecordResponse> answer = Answer.to(observer);
    answer.with(
        () -> records.protectRecord(CallScope.call(), RecordMessages.record(request)),
        outcome -> RecordMessages.response(outcome, answer.requestId()));
  }

  @Override
  public void decryptRecord(
      DecryptRecordRequest request, StreamObserver<DecryptRecordResponse> observer) {
    Answer.to(observer)
        .with(
            () -> records.revealRecord(CallScope.call(), RecordMessages.record(request)),
            RecordMessages::response);
  }

  @Override
  public StreamObserver<EncryptStreamRequest> encryptStream(
      StreamObserver<EncryptStreamResponse> observer) {
    return StreamCall.start(
        (ServerCallStreamObserver<EncryptStreamResponse>) observer,
        new SealingOpening(documents, CallScope.call()),
        DocumentEndpoint::part,
        chunk -> EncryptStreamResponse.newBuilder().setChunk(chunk).build());
  }

  @Override
  public StreamObserver<DecryptStreamRequest> decryptStream(
      StreamObserver<DecryptStreamResponse> observer) {
    return StreamCall.start(
        (ServerCallStreamObserver<DecryptStreamResponse>) observer,
        new RevealingOpening(documents, CallScope.call()),
        DocumentEndpoint::part,
        chunk -> DecryptStreamResponse.newBuilder().setChunk(chunk).build());
  }

  private static StreamPart part(EncryptStreamRequest request) {
    return switch (request.getPartCase()) {
      case START -> start(request.getStart());
      case CHUNK -> chunk(request.getChunk());
      case PART_NOT_SET -> new StreamPart.Nothing();
    };
  }

  private static StreamPart part(DecryptStreamRequest request) {
    return switch (request.getPartCase()) {
      case START -> start(request.getStart());
      case CHUNK -> chunk(request.getChunk());
      case PART_NOT_SET -> new StreamPart.Nothing();
    };
  }

  private static StreamPart start(DocumentStart start) {
    return new StreamPart.Start(new DocumentItem(start.getElement(), start.getContextMap()));
  }

  private static StreamPart chunk(ByteString chunk) {
    return new StreamPart.Chunk(chunk);
  }
}
