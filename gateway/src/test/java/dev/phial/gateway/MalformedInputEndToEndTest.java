package dev.phial.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.phial.proto.v1.DecryptRequest;
import dev.phial.proto.v1.DetokenizeRequest;
import dev.phial.proto.v1.EncryptRequest;
import dev.phial.proto.v1.ProtectionServiceGrpc;
import dev.phial.proto.v1.ProtectionServiceGrpc.ProtectionServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Threat T15 from end to end: what would make the module throw an Error is a refusal, and the next request is served. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedInputEndToEndTest {
  @SuppressWarnings("NullAway.Init")
  private RecordingUpstream upstream;

  @SuppressWarnings("NullAway.Init")
  private RunningGateway phial;

  @SuppressWarnings("NullAway.Init")
  private ManagedChannel channel;

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    upstream = new RecordingUpstream();
    phial = new RunningGateway(data, upstream.port());
    InetSocketAddress address = (InetSocketAddress) phial.gateway().addresses().grpc();
    channel =
        NettyChannelBuilder.forAddress(address).usePlaintext().directExecutor().build();
  }

  @AfterAll
  void stop() {
    channel.shutdownNow();
    phial.close();
    upstream.close();
  }

  private ProtectionServiceBlockingStub grpc(String token) {
    return ProtectionServiceGrpc.newBlockingStub(channel)
        .withInterceptors(RunningGateway.bearer(token));
  }

  private String clinician() {
    return phial.token("clinician", "TREAT");
  }

  /** The event loops, the keys and the module are as if nothing had been. */
  @AfterEach
  void the_next_request_is_served_on_both_channels() throws Exception {
    EncryptRequest good = EncryptRequest.newBuilder()
        .setElement("given_name")
        .setPlaintext(ByteString.copyFromUtf8("Rosalind"))
        .build();
    String sealed = grpc(phial.token("application", "TREAT")).encrypt(good).getCiphertext();
    assertThat(grpc(clinician())
            .decrypt(DecryptRequest.newBuilder()
                .setElement("given_name")
                .setCiphertext(sealed)
                .build())
            .getPlaintext()
            .toStringUtf8())
        .isEqualTo("Rosalind");
    HttpResponse<String> made = phial.post(
        "/fhir/Patient",
        "{\"resourceType\":\"Patient\",\"name\":[{\"given\":[\"Rosalind\"]}]}",
        phial.token("application", "TREAT"));
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(phial.management("/readyz")).startsWith("ready").doesNotContain("[fail]");
  }

  static Stream<String> sealedValues() {
    Stream<String> blobs = IntStream.concat(IntStream.range(0, 24), IntStream.of(72, 88, 89, 90))
        .boxed()
        .flatMap(length -> Stream.of(text(blob(length, false)), text(blob(length, true))));
    return Stream.concat(
        blobs, Stream.of("phial:v1:", "phial:v1:!", "phial:v2:AAAA", "phial:v1:AA=="));
  }

  /** Bytes of some length, that look like an envelope of a key that nobody has as far as they go, or like nothing. */
  private static byte[] blob(int length, boolean likeAnEnvelope) {
    byte[] header = {'P', 'H', 'L', 1, 1, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 1};
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) length);
    if (likeAnEnvelope) {
      System.arraycopy(header, 0, bytes, 0, Math.min(length, header.length));
    }
    return bytes;
  }

  private static String text(byte[] bytes) {
    return "phial:v1:" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Test
  void T15_malformed_sealed_values_over_gRPC() {
    sealedValues()
        .forEach(value -> assertRefused(
            () -> grpc(clinician())
                .decrypt(DecryptRequest.newBuilder()
                    .setElement("given_name")
                    .setCiphertext(value)
                    .build()),
            value));
  }

  @Test
  void T15_malformed_tokens_over_gRPC() {
    Stream.of("pt1.", "pt1.a", "pt1." + "a".repeat(300), "pt1.\u0000", "5")
        .forEach(token -> assertRefused(
            () -> grpc(clinician())
                .detokenize(DetokenizeRequest.newBuilder()
                    .setElement(token.startsWith("pt1") ? "mrn" : "ssn")
                    .setToken(token)
                    .build()),
            token));
  }

  private static void assertRefused(Runnable call, String sent) {
    StatusRuntimeException refused = catchThrowableOfType(StatusRuntimeException.class, call::run);
    assertThat(refused).as(sent).isNotNull();
    assertThat(refused.getStatus().getCode())
        .as(sent)
        .isIn(Status.Code.INVALID_ARGUMENT, Status.Code.FAILED_PRECONDITION);
  }

  @Test
  void T15_malformed_stored_values_over_HTTP() throws Exception {
    List<String> values =
        sealedValues().filter(value -> value.startsWith("phial:v1:")).toList();
    for (int i = 0; i < values.size(); i++) {
      String path = "/fhir/Patient/malformed-" + i;
      upstream.store(
          path,
          "{\"resourceType\":\"Patient\",\"name\":[{\"given\":[\"" + values.get(i) + "\"]}]}");
      HttpResponse<String> read = phial.get(path, clinician());
      assertThat(read.statusCode()).as(values.get(i)).isEqualTo(502);
      assertThat(read.body()).doesNotContain("phial:v");
    }
  }

  static Stream<String> tokens() {
    return Stream.of(
        jwt("{\"alg\":\"none\"}", ""),
        jwt("{\"alg\":\"HS256\"}", "AAAAAAAA"),
        jwt("{\"alg\":\"RS256\",\"kid\":\"../../etc/passwd\"}", "A".repeat(171)),
        jwt("{\"alg\":\"ES256\"}", ""),
        jwt("{\"alg\":\"ES256\"}", "AA"),
        jwt("{\"alg\":\"EdDSA\"}", "A".repeat(86)),
        "..",
        "a.b.c");
  }

  private static String jwt(String header, String signature) {
    return encoded(header) + "." + encoded("{\"sub\":\"x\"}") + "." + signature;
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource("tokens")
  void T15_credentials_that_no_key_made(String token) throws Exception {
    assertThat(phial.get("/fhir/Patient/1001", token).statusCode()).isEqualTo(401);
    StatusRuntimeException refused = catchThrowableOfType(
        StatusRuntimeException.class,
        () -> grpc(token).decrypt(DecryptRequest.getDefaultInstance()));
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
  }
}
