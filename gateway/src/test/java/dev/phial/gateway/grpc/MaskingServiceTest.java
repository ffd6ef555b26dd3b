package dev.phial.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.phial.gateway.logs.SsnMasker;
import dev.phial.proto.v1.BatchMaskRequest;
import dev.phial.proto.v1.LogEvent;
import dev.phial.proto.v1.MaskRequest;
import dev.phial.proto.v1.MaskStreamRequest;
import dev.phial.proto.v1.MaskStreamResponse;
import dev.phial.proto.v1.MaskedEvent;
import dev.phial.proto.v1.MaskingServiceGrpc;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MaskingServiceTest {
  private static final String SSN = "078-05-1120";

  private final TestServer server = TestServer.onLoopback();

  @AfterEach
  void stop() {
    server.close();
  }

  private MaskingServiceGrpc.MaskingServiceBlockingStub stub() {
    return MaskingServiceGrpc.newBlockingStub(server.channel())
        .withInterceptors(TestServer.bearer("clinician"))
        .withDeadlineAfter(30, TimeUnit.SECONDS);
  }

  private static LogEvent event(String key, String text) {
    return LogEvent.newBuilder()
        .setKey(key)
        .setContent(ByteString.copyFromUtf8(text))
        .build();
  }

  @Test
  void masks_one_event() {
    MaskedEvent masked = stub()
        .mask(MaskRequest.newBuilder().setEvent(event("", "patient " + SSN)).build())
        .getEvent();
    assertThat(masked.getContent().toStringUtf8()).isEqualTo("patient *SSN*");
    assertThat(masked.getFoundMap()).containsExactly(java.util.Map.entry("SSN", 1));
  }

  @Test
  void masks_many_by_their_keys_and_says_what_is_dropped() {
    List<MaskedEvent> masked = stub()
        .batchMask(BatchMaskRequest.newBuilder()
            .addEvents(event("a.patient_name", "Ann"))
            .addEvents(event("", "drop-me"))
            .addEvents(event("", "nothing"))
            .build())
        .getEventsList();
    assertThat(masked.get(0).getContent().toStringUtf8()).isEqualTo("*NAME*");
    assertThat(masked.get(1).getDropped()).isTrue();
    assertThat(masked.get(1).getContent().isEmpty()).isTrue();
    assertThat(masked.get(2).getContent().toStringUtf8()).isEqualTo("nothing");
  }

  @Test
  void masks_a_stream_in_order() throws Exception {
    ConcurrentLinkedQueue<String> got = new ConcurrentLinkedQueue<>();
    CompletableFuture<Void> done = new CompletableFuture<>();
    StreamObserver<MaskStreamRequest> requests = MaskingServiceGrpc.newStub(server.channel())
        .withInterceptors(TestServer.bearer("clinician"))
        .maskStream(new StreamObserver<>() {
          @Override
          public void onNext(MaskStreamResponse response) {
            response.getEventsList().forEach(e -> got.add(e.getContent().toStringUtf8()));
          }

          @Override
          public void onError(Throwable failure) {
            done.completeExceptionally(failure);
          }

          @Override
          public void onCompleted() {
            done.complete(null);
          }
        });
    for (int i = 0; i < 500; i++) {
      requests.onNext(
          MaskStreamRequest.newBuilder().addEvents(event("", i + " " + SSN)).build());
    }
    requests.onCompleted();
    done.get(30, TimeUnit.SECONDS);
    assertThat(got).hasSize(500).first().isEqualTo("0 *SSN*");
    assertThat(List.copyOf(got).get(499)).isEqualTo("499 *SSN*");
  }

  @Test
  void a_call_that_fails_says_nothing_of_the_event() {
    SsnMasker broken = new SsnMasker();
    broken.broken(true);
    server.masker.set(Optional.of(broken));
    MaskRequest request = MaskRequest.newBuilder().setEvent(event("", SSN)).build();
    assertThatThrownBy(() -> stub().mask(request))
        .hasMessageContaining("INTERNAL")
        .message()
        .doesNotContain(SSN);
    server.masker.set(Optional.empty());
    assertThatThrownBy(() -> stub().mask(request)).hasMessageContaining("FAILED_PRECONDITION");
    assertThatThrownBy(
            () -> MaskingServiceGrpc.newBlockingStub(server.channel()).mask(request))
        .hasMessageContaining("UNAUTHENTICATED");
  }
}
