package dev.phial.gateway.logs.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.phial.gateway.logs.SsnMasker;
import dev.phial.gateway.logs.TestPipe;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** OTLP over gRPC, from a client of our own and from OpenTelemetry's exporter for Python. */
@Timeout(120)
class OtlpTest {
  private static final String SSN = "078-05-1120";

  @TempDir
  Path directory = Path.of("");

  private final BlockingQueue<ExportLogsServiceRequest> got = new LinkedBlockingQueue<>();
  private final BlockingQueue<Optional<ExportLogsServiceResponse>> answers =
      new LinkedBlockingQueue<>();
  private final Server collector;

  OtlpTest() throws IOException {
    collector = NettyServerBuilder.forAddress(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .addService(new LogsServiceGrpc.LogsServiceImplBase() {
          @Override
          public void export(
              ExportLogsServiceRequest request, StreamObserver<ExportLogsServiceResponse> answer) {
            got.add(request);
            Optional<ExportLogsServiceResponse> told = answers.poll();
            if (told != null && told.isEmpty()) {
              answer.onError(Status.UNAVAILABLE.asRuntimeException());
              return;
            }
            answer.onNext(
                told == null ? ExportLogsServiceResponse.getDefaultInstance() : told.orElseThrow());
            answer.onCompleted();
          }
        })
        .build()
        .start();
  }

  @AfterEach
  void stop() {
    collector.shutdownNow();
  }

  private TestPipe pipe(SsnMasker masker) throws Exception {
    return new TestPipe(
        directory.resolve("buffer"),
        4 << 20,
        masker,
        parts -> new OtlpReceiver(
            parts.intake(),
            parts.observer(),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            null,
            parts.loops(),
            ForkJoinPool.commonPool(),
            shown -> !shown.equals("Bearer wrong"),
            1 << 20,
            Duration.ofMinutes(1)),
        parts -> new OtlpDestination(
            "127.0.0.1", collector.getPort(), null, Optional.empty(), Duration.ofSeconds(20)));
  }

  private static AnyValue text(String text) {
    return AnyValue.newBuilder().setStringValue(text).build();
  }

  private static KeyValue field(String key, AnyValue value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private static ExportLogsServiceRequest request(LogRecord... records) {
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    ResourceLogs.Builder logs = request.addResourceLogsBuilder();
    logs.getResourceBuilder().addAttributes(field("host", text("h " + SSN)));
    logs.addScopeLogsBuilder().addAllLogRecords(java.util.List.of(records));
    return request.build();
  }

  private static LogRecord record(AnyValue body) {
    return LogRecord.newBuilder().setBody(body).setTimeUnixNano(5).build();
  }

  private static void export(TestPipe pipe, ExportLogsServiceRequest request) throws Exception {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", pipe.port()).usePlaintext().build();
    try {
      var answer = LogsServiceGrpc.newBlockingStub(channel)
          .withCompression("gzip")
          .withDeadlineAfter(30, TimeUnit.SECONDS)
          .export(request);
      assertThat(answer).isEqualTo(ExportLogsServiceResponse.getDefaultInstance());
    } finally {
      channel.shutdownNow();
    }
  }

  private ExportLogsServiceRequest next() throws InterruptedException {
    return Objects.requireNonNull(got.poll(60, TimeUnit.SECONDS), "nothing came");
  }

  @Test
  void masks_values_of_every_type_at_every_place() throws Exception {
    LogRecord record = LogRecord.newBuilder()
        .setSeverityText("INFO " + SSN)
        .setTraceId(ByteString.copyFrom(new byte[16]))
        .setBody(AnyValue.newBuilder()
            .setKvlistValue(KeyValueList.newBuilder()
                .addValues(field("patient_name", text("Ann")))
                .addValues(field(
                    "list",
                    AnyValue.newBuilder()
                        .setArrayValue(ArrayValue.newBuilder().addValues(text(SSN)))
                        .build()))))
        .addAttributes(
            field("patient_name", AnyValue.newBuilder().setIntValue(12345).build()))
        .addAttributes(field("n", AnyValue.newBuilder().setIntValue(7).build()))
        .addAttributes(field(
            "raw",
            AnyValue.newBuilder().setBytesValue(ByteString.copyFromUtf8(SSN)).build()))
        .setUnknownFields(UnknownFieldSet.newBuilder()
            .addField(
                99,
                UnknownFieldSet.Field.newBuilder()
                    .addLengthDelimited(ByteString.copyFromUtf8(SSN))
                    .build())
            .build())
        .build();
    try (TestPipe pipe = pipe(new SsnMasker())) {
      export(pipe, request(record));
      ExportLogsServiceRequest masked = next();
      assertThat(masked.toByteString().toString(StandardCharsets.ISO_8859_1)).doesNotContain(SSN);
      ResourceLogs logs = masked.getResourceLogs(0);
      assertThat(logs.getResource().getAttributes(0).getValue()).isEqualTo(text("h *SSN*"));
      LogRecord got = logs.getScopeLogs(0).getLogRecords(0);
      assertThat(got.getSeverityText()).isEqualTo("INFO *SSN*");
      assertThat(got.getTraceId().size()).isEqualTo(16);
      assertThat(got.getBody().getKvlistValue().getValues(0).getValue()).isEqualTo(text("*NAME*"));
      assertThat(got.getBody()
              .getKvlistValue()
              .getValues(1)
              .getValue()
              .getArrayValue()
              .getValues(0))
          .isEqualTo(text("*SSN*"));
      assertThat(got.getAttributes(0).getValue()).isEqualTo(text("*NAME*"));
      assertThat(got.getAttributes(1).getValue().getIntValue()).isEqualTo(7);
      assertThat(got.getAttributes(2).getValue().getBytesValue().toStringUtf8()).isEqualTo("*SSN*");
    }
  }

  @Test
  void leaves_out_what_the_policy_drops() throws Exception {
    try (TestPipe pipe = pipe(new SsnMasker())) {
      export(pipe, request(record(text("drop-me")), record(text("stays"))));
      assertThat(next().getResourceLogs(0).getScopeLogs(0).getLogRecordsList())
          .containsExactly(record(text("stays")));
      assertThat(pipe.observer.count("lost POLICY")).isEqualTo(1);
    }
  }

  @Test
  void tells_the_sender_what_it_cannot_take() throws Exception {
    SsnMasker masker = new SsnMasker();
    try (TestPipe pipe = pipe(masker)) {
      LogRecord hidden =
          LogRecord.newBuilder().setTraceId(ByteString.copyFromUtf8(SSN)).build();
      assertThatThrownBy(() -> export(pipe, request(hidden)))
          .hasMessageContaining("INVALID_ARGUMENT")
          .message()
          .doesNotContain(SSN);
      masker.broken(true);
      assertThatThrownBy(() -> export(pipe, request(record(text(SSN)))))
          .isInstanceOf(StatusRuntimeException.class)
          .hasMessageContaining("UNAVAILABLE")
          .message()
          .doesNotContain(SSN);
      assertThat(pipe.buffer().bytes()).isZero();
      assertThat(got).isEmpty();
    }
  }

  /** Threat T31: 8 MiB of zeros, in 8 KiB. */
  @Test
  void a_compressed_call_that_becomes_too_large_is_refused() throws Exception {
    try (TestPipe pipe = pipe(new SsnMasker())) {
      assertThatThrownBy(() -> export(pipe, request(record(text("\0".repeat(8 << 20))))))
          .isInstanceOf(StatusRuntimeException.class);
      assertThat(pipe.buffer().bytes()).isZero();
    }
  }

  @Test
  void tries_again_and_counts_what_is_rejected() throws Exception {
    answers.add(Optional.empty());
    answers.add(Optional.of(ExportLogsServiceResponse.newBuilder()
        .setPartialSuccess(ExportLogsPartialSuccess.newBuilder().setRejectedLogRecords(1))
        .build()));
    try (TestPipe pipe = pipe(new SsnMasker())) {
      export(pipe, request(record(text("a")), record(text("b"))));
      assertThat(next()).isEqualTo(next());
      pipe.observer.await("lost REJECTED", 1);
      assertThat(pipe.observer.count("retried")).isEqualTo(1);
    }
  }

  @Test
  void takes_records_of_the_exporter_for_python() throws Exception {
    String python = pythonWith("opentelemetry.exporter.otlp.proto.grpc._log_exporter");
    String script = """
        import logging, sys
        from opentelemetry.sdk._logs import LoggerProvider, LoggingHandler
        from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
        from opentelemetry.exporter.otlp.proto.grpc._log_exporter import OTLPLogExporter
        provider = LoggerProvider()
        provider.add_log_record_processor(BatchLogRecordProcessor(
            OTLPLogExporter(endpoint='127.0.0.1:' + sys.argv[1], insecure=True)))
        log = logging.getLogger('app')
        log.addHandler(LoggingHandler(logger_provider=provider))
        log.warning('patient %s came', '078-05-1120', extra={'patient_name': 'Ann'})
        provider.shutdown()
        """;
    try (TestPipe pipe = pipe(new SsnMasker())) {
      Process process = new ProcessBuilder(
              python, "-W", "ignore", "-c", script, String.valueOf(pipe.port()))
          .redirectErrorStream(true)
          .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
      LogRecord record = next().getResourceLogs(0).getScopeLogs(0).getLogRecords(0);
      assertThat(record.getBody()).isEqualTo(text("patient *SSN* came"));
      assertThat(record.getAttributesList()).contains(field("patient_name", text("*NAME*")));
    }
  }

  /** The interpreter of {@code TESTS_PYTHON}, or python3, when it has a module. */
  private static String pythonWith(String module) throws Exception {
    String python = Objects.requireNonNullElse(System.getenv("TESTS_PYTHON"), "python3");
    boolean there = false;
    try {
      there = new ProcessBuilder(python, "-c", "import " + module).start().waitFor() == 0;
    } catch (IOException e) {
      // there is no Python
    }
    String missing = "skipped: Python with " + module + " is not here";
    if (!there && "1".equals(System.getenv("TESTS_REQUIRE_SERVERS"))) {
      Assertions.fail(missing);
    }
    Assumptions.assumeTrue(there, missing);
    return python;
  }
}
