package dev.phial.gateway.grpc;

import dev.phial.gateway.identity.Call;
import dev.phial.masking.LogEvent;
import dev.phial.masking.Masked;
import dev.phial.masking.Masker;
import dev.phial.proto.v1.BatchMaskRequest;
import dev.phial.proto.v1.BatchMaskResponse;
import dev.phial.proto.v1.MaskRequest;
import dev.phial.proto.v1.MaskResponse;
import dev.phial.proto.v1.MaskStreamRequest;
import dev.phial.proto.v1.MaskStreamResponse;
import dev.phial.proto.v1.MaskingServiceGrpc.MaskingServiceImplBase;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** {@code phial.v1.MaskingService}: each request is one call of the masker, translated. */
final class MaskingEndpoint extends MaskingServiceImplBase {
  private final Function<Call, Optional<Masker>> maskers;

  /** @param maskers the masker of a call; empty when the policy does not say how logs are masked */
  MaskingEndpoint(Function<Call, Optional<Masker>> maskers) {
    this.maskers = maskers;
  }

  @Override
  public void mask(MaskRequest request, StreamObserver<MaskResponse> observer) {
    Answer.to(observer)
        .with(
            () -> mask(MaskMessages.events(List.of(request.getEvent()))),
            masked -> MaskResponse.newBuilder()
                .setEvent(MaskMessages.masked(masked).get(0))
                .build());
  }

  @Override
  public void batchMask(BatchMaskRequest request, StreamObserver<BatchMaskResponse> observer) {
    Answer.to(observer)
        .with(
            () -> mask(MaskMessages.events(request.getEventsList())),
            masked -> BatchMaskResponse.newBuilder()
                .addAllEvents(MaskMessages.masked(masked))
                .build());
  }

  @Override
  public StreamObserver<MaskStreamRequest> maskStream(StreamObserver<MaskStreamResponse> observer) {
    return new MaskStream(
        (ServerCallStreamObserver<MaskStreamResponse>) observer, masker(), CallScope.requestId());
  }

  private CompletionStage<List<Masked>> mask(List<LogEvent> events) {
    return masker().mask(events).thenApply(masked -> each(masked, events.size()));
  }

  private Masker masker() {
    return maskers
        .apply(CallScope.call())
        .orElseThrow(() -> Status.FAILED_PRECONDITION
            .withDescription(
                "the policy does not say how logs are masked; give it a section 'logs'")
            .asRuntimeException());
  }

  /** Results belong to events by position only, so a list of another length must never be answered. */
  static List<Masked> each(List<Masked> masked, int events) {
    if (masked.size() != events) {
      throw new IllegalStateException("the masker answered for another number of events");
    }
    return masked;
  }
}
