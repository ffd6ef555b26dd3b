package dev.phial.gateway.logs.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.gateway.logs.SsnMasker;
import dev.phial.gateway.logs.TestPipe;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class OtlpHttpTest {
  private static final String SSN = "078-05-1120";
  private static final String PATH = "/v1/logs";

  @TempDir
  Path directory = Path.of("");

  private final WebServer collector = new WebServer();

  OtlpHttpTest() throws IOException {}

  @AfterEach
  void stop() {
    collector.close();
  }

  private TestPipe pipe() throws Exception {
    return WebPipes.open(
        WebReceivers.Spoken.OTLP,
        directory,
        new SsnMasker(),
        Tokens.none(),
        collector.port(),
        ReplyReader.otlp());
  }

  private ExportLogsServiceRequest got(int n) throws Exception {
    WebServer.Got got = collector.await(n);
    assertThat(got.path()).isEqualTo(PATH);
    assertThat(got.type()).isEqualTo("application/x-protobuf");
    return ExportLogsServiceRequest.parseFrom(got.body().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void masks_what_comes_as_json() throws Exception {
    String body = """
        {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"app"}}]},
          "unknown":{"a":["078-05-1120"]},
          "scopeLogs":[{"scope":{"name":"s"},"logRecords":[{
            "timeUnixNano":"1700000000000000005","severityNumber":9,"severityText":"INFO",
            "traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"eee19b7ec3c1b174","flags":1,
            "body":{"stringValue":"patient 078-05-1120"},
            "attributes":[{"key":"n","value":{"intValue":"7"}},{"key":"d","value":{"doubleValue":1.5}},
              {"key":"b","value":{"boolValue":true}},
              {"key":"list","value":{"arrayValue":{"values":[{"stringValue":"078-05-1120"}]}}}]}]}]}]}
        """;
    try (TestPipe pipe = pipe()) {
      HttpResponse<String> answer = WebPipes.post(pipe, PATH, "application/json", body);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("{}");
      collector.await(1);
      assertThat(collector.await(1).body()).doesNotContain(SSN).contains("patient *SSN*", "app");
      assertThat(pipe.observer.count("found SSN")).isEqualTo(2);
    }
  }

  @Test
  void masks_what_comes_as_protocol_buffers() throws Exception {
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    LogRecord.Builder record =
        request.addResourceLogsBuilder().addScopeLogsBuilder().addLogRecordsBuilder();
    record.getBodyBuilder().setStringValue("patient " + SSN);
    try (TestPipe pipe = pipe()) {
      HttpResponse<String> answer = WebPipes.send(WebPipes.to(pipe, PATH)
          .header("Content-Type", "application/x-protobuf")
          .header("Content-Encoding", "gzip")
          .POST(BodyPublishers.ofByteArray(HecTest.gzip(request.build().toByteArray()))));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/x-protobuf");
      record.getBodyBuilder().setStringValue("patient *SSN*");
      assertThat(got(1)).isEqualTo(request.build());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"resourceLogs\":{}}",
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"traceId\":\"078051120\"}]}]}]}",
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"traceId\":\"07805112\"}]}]}]}",
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"severityNumber\":\"078-05-1120\"}]}]}]}",
        "{\"resourceLogs\":[]} 078-05-1120",
        "[]",
        ""
      })
  void refuses_what_is_not_otlp(String body) throws Exception {
    try (TestPipe pipe = pipe()) {
      HttpResponse<String> answer = WebPipes.post(pipe, PATH, "application/json", body);
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("\"code\":3").doesNotContain(SSN);
      assertThat(pipe.buffer().bytes()).isZero();
    }
  }
}
