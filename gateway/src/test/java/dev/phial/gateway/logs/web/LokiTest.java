package dev.phial.gateway.logs.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedOutputStream;
import dev.phial.gateway.logs.SsnMasker;
import dev.phial.gateway.logs.TestPipe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class LokiTest {
  private static final String SSN = "078-05-1120";
  private static final String PATH = LokiPush.PATH;

  @TempDir
  Path directory = Path.of("");

  private final WebServer loki = new WebServer();

  LokiTest() throws IOException {}

  @AfterEach
  void stop() {
    loki.close();
  }

  private TestPipe pipe() throws Exception {
    return WebPipes.open(
        WebReceivers.Spoken.LOKI,
        directory,
        new SsnMasker(),
        Tokens.none(),
        loki.port(),
        ReplyReader.byStatus());
  }

  @Test
  void masks_lines_labels_and_metadata() throws Exception {
    String body =
        "{\"streams\":[{\"stream\":{\"job\":\"app\",\"patient_name\":\"Ann\"},\"values\":[[\"1700000000000000001\",\"one "
            + SSN + "\",{\"trace\":\"" + SSN + "\"}],[\"2\",\"drop-me\"]]},"
            + "{\"stream\":{},\"values\":[[\"3\",\"drop-me\"]]}]}";
    try (TestPipe pipe = pipe()) {
      assertThat(WebPipes.send(WebPipes.to(pipe, PATH)
                  .header("Content-Type", "application/json; charset=utf-8")
                  .header("X-Scope-OrgID", "tenant-1")
                  .POST(BodyPublishers.ofString(body)))
              .statusCode())
          .isEqualTo(204);
      assertThat(loki.await(1).body())
          .isEqualTo("{\"streams\":[{\"stream\":{\"job\":\"app\",\"patient_name\":\"*NAME*\"},"
              + "\"values\":[[\"1700000000000000001\",\"one *SSN*\",{\"trace\":\"*SSN*\"}]]}]}");
      assertThat(loki.await(1).tenant()).isEqualTo("tenant-1");
      assertThat(pipe.observer.count("lost POLICY")).isEqualTo(2);
    }
  }

  @Test
  void masks_what_comes_in_protocol_buffers_and_snappy() throws Exception {
    byte[] time = message(out -> {
      out.writeInt64(1, 1_700_000_000L);
      out.writeInt32(2, 5);
    });
    byte[] pair = message(out -> {
      out.writeString(1, "trace");
      out.writeString(2, SSN);
    });
    byte[] entry = message(out -> {
      out.writeByteArray(1, time);
      out.writeString(2, "line " + SSN);
      out.writeByteArray(3, pair);
      out.writeString(9, "unknown " + SSN);
    });
    byte[] stream = message(out -> {
      out.writeString(1, "{job=\"a\\\"b\", patient_name = \"Ann\"}");
      out.writeByteArray(2, entry);
      out.writeUInt64(3, 7);
    });
    byte[] push = message(out -> out.writeByteArray(1, stream));
    try (TestPipe pipe = pipe()) {
      var request = WebPipes.to(pipe, PATH)
          .header("Content-Type", "application/x-protobuf")
          .header("Content-Encoding", "snappy")
          .POST(BodyPublishers.ofByteArray(snappyLiteral(push)));
      assertThat(WebPipes.send(request).statusCode()).isEqualTo(204);
      assertThat(loki.await(1).type()).isEqualTo("application/json");
      assertThat(loki.await(1).body())
          .isEqualTo("{\"streams\":[{\"stream\":{\"job\":\"a\\\"b\",\"patient_name\":\"*NAME*\"},"
              + "\"values\":[[\"1700000000000000005\",\"line *SSN*\",{\"trace\":\"*SSN*\"}]]}]}");
    }
  }

  private interface Writing {
    void to(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Writing writing) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    writing.to(out);
    out.flush();
    return bytes.toByteArray();
  }

  /** One literal and one copy, by hand after Snappy's format description. */
  private static byte[] snappyLiteral(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CodedOutputStream length = CodedOutputStream.newInstance(out);
    length.writeUInt32NoTag(plain.length);
    length.flush();
    out.write(60 << 2); // a literal whose length - 1 is in one byte
    out.write(plain.length - 1);
    out.write(plain);
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"streams\":[{\"stream\":{\"a\":1},\"values\":[]}]}",
        "{\"streams\":[{\"stream\":{},\"values\":[[\"x\",\"l\"]]}]}",
        "{\"streams\":[{\"stream\":{},\"values\":[[\"1\",\"l\",{},{}]]}]}",
        "{\"streams\":[{\"other\":{}}]}",
        "{\"other\":\"078-05-1120\"}",
        "{\"streams\":[]} 078-05-1120",
        "[]",
        ""
      })
  void refuses_what_is_not_a_push(String body) throws Exception {
    try (TestPipe pipe = pipe()) {
      var answer = WebPipes.post(pipe, PATH, "application/json", body);
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).doesNotContain(SSN);
    }
  }

  @Test
  void refuses_other_types_bombs_and_what_is_not_snappy() throws Exception {
    try (TestPipe pipe = pipe()) {
      assertThat(WebPipes.post(pipe, PATH, "text/plain", "x").statusCode()).isEqualTo(415);
      assertThat(snappy(pipe, new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 15}))
          .isEqualTo(413);
      assertThat(snappy(pipe, new byte[] {100, 1})).isEqualTo(400);
      assertThat(snappy(pipe, new byte[] {5, 0, 'x'})).isEqualTo(400);
      assertThat(snappy(pipe, new byte[] {4, 1, 9})).isEqualTo(400);
    }
  }

  private static int snappy(TestPipe pipe, byte[] body) throws Exception {
    return WebPipes.send(WebPipes.to(pipe, PATH)
            .header("Content-Type", "application/x-protobuf")
            .POST(BodyPublishers.ofByteArray(body)))
        .statusCode();
  }

  @Test
  void reads_labels_as_prometheus_writes_them() {
    assertThat(LokiLabels.parse("{a=\"1\",b=\"x\\ty\\u0041\\\\\"}"))
        .isEqualTo(Map.of("a", "1", "b", "x\tyA\\"));
    assertThat(LokiLabels.parse(" { } ")).isEmpty();
    for (String broken : new String[] {
      "",
      "{",
      "{a=\"1\"",
      "{a=1}",
      "{a=\"1\" b=\"2\"}",
      "{a=\"1\",a=\"2\"}",
      "{a=\"\\q\"}",
      "{a=\"\\u12\"}",
      "{a=\"1\"}x}",
      "a=\"1\"}"
    }) {
      assertThatThrownBy(() -> LokiLabels.parse(broken)).as(broken).isInstanceOf(WebRefusal.class);
    }
  }
}
