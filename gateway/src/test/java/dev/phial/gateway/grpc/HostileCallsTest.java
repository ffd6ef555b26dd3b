package dev.phial.gateway.grpc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import dev.phial.proto.v1.ProtectionServiceGrpc;
import dev.phial.proto.v1.TokenizeRequest;
import dev.phial.proto.v1.TokenizeResponse;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** T15, T23, T45, T49 as far as they concern this channel. */
class HostileCallsTest {
  private static final TokenizeRequest GOOD =
      TokenizeRequest.newBuilder().setElement("ssn").setValue("536-27-8841").build();
  private static final TokenizeRequest SLOW =
      GOOD.toBuilder().setElement(ReversibleEngine.SLOW).build();

  private final TestServer server = TestServer.onLoopback();

  @AfterEach
  void stopAndSeeThatItStillServed() {
    try {
      assertThat(server.as("clinician").tokenize(GOOD).getToken()).isNotEmpty();
    } finally {
      server.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // field 2, length 3, bytes that are not UTF-8
        "0a0373736e1203fffefd",
        // overlong UTF-8 for "123"
        "0a0373736e1206c0b1c0b2c0b3",
        // an unpaired surrogate in UTF-8
        "0a0373736e1203eda080",
        // a length that runs over the end
        "0a7f",
        // an unknown wire type
        "0f",
        "ffffffffffffffffffff01"
      })
  void a_message_that_cannot_be_read_is_invalid_and_never_reaches_the_engine(String hex) {
    Failure failure = Failure.of(() -> sendRaw(HexFormat.of().parseHex(hex)));

    assertThat(failure.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure.reason()).isEqualTo("INVALID_VALUE");
    assertThat(failure.info().orElseThrow().getMetadataMap()).containsKey("request_id");
    assertThat(server.engine.calls).isEmpty();
  }

  @Test
  void a_message_over_the_limit_is_refused() {
    String large = "1".repeat(GrpcLimits.DEFAULTS.maxMessageBytes());

    Failure failure = Failure.of(
        () -> server.as("clinician").tokenize(GOOD.toBuilder().setValue(large).build()));

    assertThat(failure.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(server.engine.calls).isEmpty();
  }

  @Test
  void metadata_over_the_limit_is_refused() {
    String large = "m".repeat(GrpcLimits.DEFAULTS.maxMetadataBytes());

    Failure failure = Failure.of(() -> server
        .as("clinician")
        .withInterceptors(TestServer.metadata("x-large", large))
        .tokenize(GOOD));

    assertThat(failure.code()).isNotEqualTo(Status.Code.OK);
    assertThat(server.engine.calls).isEmpty();
  }

  @Test
  void two_authorizations_are_refused_even_when_both_are_good() {
    Failure failure = Failure.of(() -> server
        .anonymous()
        .withInterceptors(
            TestServer.metadata("authorization", "Bearer clinician", "Bearer clinician"))
        .tokenize(GOOD));

    assertThat(failure.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
  }

  @Test
  void two_purposes_are_refused() {
    Failure failure = Failure.of(() -> server
        .as("clinician-two")
        .withInterceptors(TestServer.metadata("phial-purpose", "TREAT", "HPAYMT"))
        .tokenize(GOOD));

    assertThat(failure.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HPAYMT", "treat", "TREAT ", "", "*", "TREAT,HPAYMT"})
  void a_purpose_that_the_caller_may_not_claim_is_refused(String purpose) {
    Failure failure = Failure.of(() -> server
        .as("clinician")
        .withInterceptors(TestServer.metadata("phial-purpose", purpose))
        .tokenize(GOOD));

    assertThat(failure.code()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(server.engine.calls).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Basic Y2xpbmljaWFu",
        "clinician",
        "Bearer  clinician",
        "Bearer clinician,"
      })
  void an_authorization_that_is_no_known_bearer_token_is_refused(String authorization) {
    Failure failure = Failure.of(() -> server
        .anonymous()
        .withInterceptors(TestServer.metadata("authorization", authorization))
        .tokenize(GOOD));

    assertThat(failure.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(failure.reason()).isEqualTo("UNAUTHENTICATED");
    assertThat(server.engine.calls).isEmpty();
  }

  @Test
  void a_request_id_of_the_callers_own_making_is_not_taken() {
    server
        .as("clinician")
        .withInterceptors(TestServer.metadata("phial-request-id", "mine"))
        .tokenize(GOOD);

    assertThat(server.engine.calls.element().requestId()).isEqualTo("request-1");
  }

  @Test
  void a_method_that_does_not_exist_is_unimplemented() {
    MethodDescriptor<byte[], byte[]> unknown = MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName("phial.v1.ProtectionService/RevealEverything")
        .setRequestMarshaller(new Bytes())
        .setResponseMarshaller(new Bytes())
        .build();

    Failure failure = Failure.of(() ->
        ClientCalls.blockingUnaryCall(server.channel(), unknown, CallOptions.DEFAULT, new byte[0]));

    assertThat(failure.code()).isEqualTo(Status.Code.UNIMPLEMENTED);
  }

  @Test
  void a_call_whose_deadline_passes_ends_at_the_caller_while_the_engine_still_works() {
    Failure failure = Failure.of(() ->
        server.as("clinician").withDeadlineAfter(300, TimeUnit.MILLISECONDS).tokenize(SLOW));

    assertThat(failure.code()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    server.engine.release.complete(null);
  }

  @Test
  void a_cancelled_call_harms_nobody_when_its_answer_comes() throws Exception {
    ListenableFuture<TokenizeResponse> call = ProtectionServiceGrpc.newFutureStub(server.channel())
        .withInterceptors(TestServer.bearer("clinician"))
        .tokenize(SLOW);
    server.engine.slowStarted.get(10, SECONDS);

    assertThat(call.cancel(true)).isTrue();
    server.engine.release.complete(null);

    assertThat(server.as("clinician").tokenize(GOOD).getToken()).isNotEmpty();
  }

  @Test
  void a_thousand_calls_at_once_each_get_their_own_answer() throws Exception {
    var stub = ProtectionServiceGrpc.newFutureStub(server.channel())
        .withInterceptors(TestServer.bearer("clinician"));
    List<ListenableFuture<TokenizeResponse>> calls = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      calls.add(stub.tokenize(GOOD.toBuilder().setValue("value-" + i).build()));
    }

    for (int i = 0; i < calls.size(); i++) {
      String hex = HexFormat.of().formatHex(("value-" + i).getBytes(StandardCharsets.UTF_8));
      assertThat(calls.get(i).get(30, SECONDS).getToken()).endsWith("/" + hex);
    }
  }

  private byte[] sendRaw(byte[] message) {
    MethodDescriptor<byte[], byte[]> method = ProtectionServiceGrpc.getTokenizeMethod().toBuilder(
            new Bytes(), new Bytes())
        .build();
    return ClientCalls.blockingUnaryCall(
        ClientInterceptors.intercept(server.channel(), TestServer.bearer("clinician")),
        method,
        CallOptions.DEFAULT,
        message);
  }

  /** Bytes as they are. */
  private static final class Bytes implements Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
