package dev.phial.gateway.logs.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.gateway.logs.SsnMasker;
import dev.phial.gateway.logs.TestPipe;
import dev.phial.kms.testkit.Requirement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Splunk's HTTP Event Collector, and what all protocols over HTTP have in common. */
@Timeout(120)
class HecTest {
  private static final String SSN = "078-05-1120";
  private static final String TOKEN = "8a1f0b7e-0f0a-4a53-9d7e-invented0001";
  private static final String EVENT = "/services/collector/event";

  @TempDir
  Path directory = Path.of("");

  private final WebServer splunk = new WebServer();
  private final SsnMasker masker = new SsnMasker();

  HecTest() throws IOException {}

  @AfterEach
  void stop() {
    splunk.close();
  }

  private TestPipe pipe() throws Exception {
    Path tokens = Files.writeString(directory.resolve("tokens"), "# ours\n" + TOKEN + "\n");
    return WebPipes.open(
        WebReceivers.Spoken.SPLUNK_HEC,
        directory,
        masker,
        Tokens.of(tokens),
        splunk.port(),
        ReplyReader.byStatus());
  }

  private static HttpResponse<String> post(TestPipe pipe, String path, String body)
      throws Exception {
    return WebPipes.send(WebPipes.to(pipe, path)
        .header("Authorization", "Splunk " + TOKEN)
        .POST(BodyPublishers.ofString(body)));
  }

  @Test
  void masks_events_and_keeps_everything_else_as_it_was() throws Exception {
    String body = "{\"time\": 1700000000.123, \"host\":\"h1\",\"event\": \"patient " + SSN
        + " \\u0041\\n\"}\n\n{\"event\":{\"a\":[1.50,{\"ssn\":\"" + SSN
        + "\"}]} , \"fields\":{\"n\":\"x\"}}";
    try (TestPipe pipe = pipe()) {
      HttpResponse<String> answer = post(pipe, EVENT, body);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("{\"text\":\"Success\",\"code\":0}");
      WebServer.Got got = splunk.await(1);
      assertThat(got.path()).isEqualTo(EVENT);
      assertThat(got.body())
          .isEqualTo(
              "{\"time\": 1700000000.123, \"host\":\"h1\",\"event\": \"patient *SSN* A\\n\"}\n\n"
                  + "{\"event\":{\"a\":[1.50,{\"ssn\":\"*SSN*\"}]} , \"fields\":{\"n\":\"x\"}}");
      assertThat(got.authorization()).isEmpty();
    }
  }

  @Test
  void masks_every_field_of_the_envelope_and_the_query() throws Exception {
    try (TestPipe pipe = pipe()) {
      post(
          pipe,
          EVENT,
          "{\"event\":1,\"time\":\"" + SSN + "\",\"host\":\"" + SSN + "\",\"other\":\"" + SSN
              + "\"}");
      assertThat(splunk.await(1).body())
          .isEqualTo("{\"event\":1,\"time\":\"*SSN*\",\"host\":\"*SSN*\",\"other\":\"*SSN*\"}");
      post(pipe, "/services/collector/raw?source=" + SSN + "&index=main", "raw " + SSN + "\n");
      assertThat(splunk.await(2).path())
          .isEqualTo("/services/collector/raw?source=*SSN*&index=main");
      assertThat(splunk.await(2).body()).isEqualTo("raw *SSN*\n");
    }
  }

  @Test
  void leaves_out_what_the_policy_drops() throws Exception {
    try (TestPipe pipe = pipe()) {
      post(pipe, EVENT, "{\"event\":\"a\"}{\"event\":\"drop-me\"} {\"event\":\"c\"}");
      assertThat(splunk.await(1).body()).isEqualTo("{\"event\":\"a\"} {\"event\":\"c\"}");
      assertThat(post(pipe, EVENT, "{\"event\":\"drop-me\"}").statusCode()).isEqualTo(200);
      assertThat(pipe.observer.count("lost POLICY")).isEqualTo(2);
    }
  }

  @Test
  void what_cannot_be_masked_is_refused_whole() throws Exception {
    try (TestPipe pipe = pipe()) {
      HttpResponse<String> answer =
          post(pipe, EVENT, "{\"event\":\"good\"}{\"event\":\"poison " + SSN + "\"}");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).contains("1");
      assertThat(answer.body()).contains("\"code\":9").doesNotContain(SSN);
      masker.broken(true);
      assertThat(post(pipe, EVENT, "{\"event\":\"good\"}").statusCode()).isEqualTo(503);
      assertThat(pipe.buffer().bytes()).isZero();
      assertThat(splunk.requests()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"'',401", "Splunk wrong-token-of-some-length,403", "Basic !!,403"})
  void refuses_whom_it_does_not_know(String authorization, int status) throws Exception {
    try (TestPipe pipe = pipe()) {
      var request = WebPipes.to(pipe, EVENT).POST(BodyPublishers.ofString("{\"event\":1}"));
      if (!authorization.isEmpty()) {
        request.header("Authorization", authorization);
      }
      assertThat(WebPipes.send(request).statusCode()).isEqualTo(status);
      assertThat(pipe.observer.count("refused token")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Splunk %s", "Bearer %s", "Basic %s"})
  void knows_a_token_in_each_form(String form) throws Exception {
    String shown = form.startsWith("Basic")
        ? java.util.Base64.getEncoder()
            .encodeToString(("x:" + TOKEN).getBytes(StandardCharsets.UTF_8))
        : TOKEN;
    try (TestPipe pipe = pipe()) {
      assertThat(WebPipes.send(WebPipes.to(pipe, EVENT)
                  .header("Authorization", form.formatted(shown))
                  .POST(BodyPublishers.ofString("{\"event\":1}")))
              .statusCode())
          .isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"event\":\"" + SSN + "\"",
        "{\"event\":\"a\",\"event\":\"" + SSN + "\"}",
        "{\"host\":\"" + SSN + "\"}",
        "{\"event\":null}",
        "text " + SSN,
        "{\"event\":\"a\"} " + SSN
      })
  void refuses_what_is_not_events(String body) throws Exception {
    try (TestPipe pipe = pipe()) {
      HttpResponse<String> answer = post(pipe, EVENT, body);
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).doesNotContain(SSN);
      assertThat(pipe.buffer().bytes()).isZero();
    }
  }

  @Test
  void refuses_other_character_sets() throws Exception {
    byte[][] bodies = {
      ("{\"event\":\"" + SSN + "\"}").getBytes(StandardCharsets.UTF_16BE),
      ("{\"event\":\"" + SSN + "\"}").getBytes(StandardCharsets.UTF_16LE),
      {'{', '"', 'e', 'v', 'e', 'n', 't', '"', ':', '"', (byte) 0xc0, (byte) 0xb1, '"', '}'}
    };
    try (TestPipe pipe = pipe()) {
      for (byte[] body : bodies) {
        assertThat(WebPipes.send(WebPipes.to(pipe, EVENT)
                    .header("Authorization", "Splunk " + TOKEN)
                    .POST(BodyPublishers.ofByteArray(body)))
                .statusCode())
            .isEqualTo(400);
      }
    }
  }

  /** Threat T31. */
  @Test
  void takes_compressed_bodies_within_bounds() throws Exception {
    byte[] event = ("{\"event\":\"" + SSN + "\"}").getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.write(gzip(event));
    members.write(gzip(event));
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(deflated)) {
      out.write(event);
    }
    try (TestPipe pipe = pipe()) {
      assertThat(compressed(pipe, "gzip", gzip(event))).isEqualTo(200);
      assertThat(splunk.await(1).body()).isEqualTo("{\"event\":\"*SSN*\"}");
      assertThat(compressed(pipe, "gzip", members.toByteArray())).isEqualTo(200);
      assertThat(splunk.await(2).body()).isEqualTo("{\"event\":\"*SSN*\"}{\"event\":\"*SSN*\"}");
      assertThat(compressed(pipe, "deflate", deflated.toByteArray())).isEqualTo(200);
      assertThat(compressed(pipe, "gzip", gzip(new byte[8 << 20]))).isEqualTo(413);
      assertThat(compressed(pipe, "gzip", event)).isEqualTo(400);
      for (String other : new String[] {"br", "zstd", "gzip, gzip", "snappy"}) {
        assertThat(compressed(pipe, other, gzip(event))).as(other).isEqualTo(415);
      }
      assertThat(splunk.await(3).body()).isEqualTo("{\"event\":\"*SSN*\"}");
    }
  }

  /** Threat T31: what is cut, or followed by anything, is refused whole; a bomb with the limit that it hit. */
  @Test
  void a_compressed_body_that_is_not_whole_is_refused() throws Exception {
    byte[] whole = gzip(("{\"event\":\"" + SSN + "\"}").getBytes(StandardCharsets.UTF_8));
    ByteArrayOutputStream followed = new ByteArrayOutputStream();
    followed.write(whole);
    followed.write(SSN.getBytes(StandardCharsets.UTF_8));
    try (TestPipe pipe = pipe()) {
      for (int end = 1; end < whole.length; end += 7) {
        assertThat(compressed(pipe, "gzip", java.util.Arrays.copyOf(whole, end)))
            .isEqualTo(400);
      }
      assertThat(compressed(pipe, "gzip", followed.toByteArray())).isEqualTo(400);
      String said = WebPipes.send(WebPipes.to(pipe, EVENT)
              .header("Authorization", "Splunk " + TOKEN)
              .header("Content-Encoding", "gzip")
              .POST(BodyPublishers.ofByteArray(gzip(new byte[8 << 20]))))
          .body();
      assertThat(said).contains("1048576 bytes", "logs.limits.expanded", "100 times");
      assertThat(pipe.observer.count("received")).isZero();
      assertThat(pipe.buffer().bytes()).isZero();
    }
  }

  static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.toByteArray();
  }

  private static int compressed(TestPipe pipe, String encoding, byte[] body) throws Exception {
    return WebPipes.send(WebPipes.to(pipe, EVENT)
            .header("Authorization", "Splunk " + TOKEN)
            .header("Content-Encoding", encoding)
            .POST(BodyPublishers.ofByteArray(body)))
        .statusCode();
  }

  @Test
  void refuses_bodies_that_are_too_large() throws Exception {
    try (TestPipe pipe = pipe()) {
      String large = "{\"event\":\"" + "x".repeat(300 << 10) + "\"}";
      assertThat(post(pipe, EVENT, large).statusCode()).isEqualTo(413);
      assertThat(post(pipe, EVENT, "{\"event\":1}").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void says_so_when_the_buffer_is_full_and_takes_again_when_it_is_not() throws Exception {
    splunk.close();
    String event = "{\"event\":\"" + "x".repeat(200 << 10) + "\"}";
    try (TestPipe pipe = pipe()) {
      int status = 200;
      for (int i = 0; i < 10 && status == 200; i++) {
        status = post(pipe, EVENT, event).statusCode();
      }
      assertThat(status).isEqualTo(503);
      assertThat(pipe.observer.count("refused full")).isEqualTo(1);
    }
  }

  @Test
  void acknowledges_what_is_in_the_buffer() throws Exception {
    try (TestPipe pipe = pipe()) {
      HttpResponse<String> answer = WebPipes.send(WebPipes.to(pipe, EVENT)
          .header("Authorization", "Splunk " + TOKEN)
          .header("X-Splunk-Request-Channel", "0aeeac95-ac74-4aa9-b30d-6c4c0ac581ba")
          .POST(BodyPublishers.ofString("{\"event\":1}")));
      assertThat(answer.body()).contains("\"ackId\":0");
      assertThat(post(pipe, "/services/collector/ack?channel=x", "{\"acks\":[0,1]}")
              .body())
          .isEqualTo("{\"acks\":{\"0\":true,\"1\":false}}");
    }
  }

  @Test
  void tries_again_what_may_pass_and_not_what_is_refused() throws Exception {
    splunk.willAnswer(503, "");
    splunk.willAnswer(403, "");
    splunk.willAnswer(200, "");
    splunk.willAnswer(400, "");
    try (TestPipe pipe = pipe()) {
      post(pipe, EVENT, "{\"event\":\"first\"}");
      assertThat(splunk.await(3).body()).contains("first");
      post(pipe, EVENT, "{\"event\":\"refused\"}");
      post(pipe, EVENT, "{\"event\":\"last\"}");
      assertThat(splunk.await(4).body()).contains("refused");
      assertThat(splunk.await(5).body()).contains("last");
      pipe.observer.await("forwarded", 2);
      assertThat(pipe.observer.count("lost REJECTED")).isEqualTo(1);
      assertThat(pipe.observer.count("retried")).isEqualTo(2);
    }
  }

  /** Threat T30: all 1-byte pieces, and every split in two. */
  @Test
  void every_split_of_a_request_gives_the_same() throws Exception {
    String body = "{\"event\":\"a " + SSN + "\"}";
    String request = "POST " + EVENT + " HTTP/1.1\r\nHost: x\r\nAuthorization: Splunk " + TOKEN
        + "\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
        + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";
    try (TestPipe pipe = pipe()) {
      for (int i = 0; i < request.length(); i += 1) {
        assertThat(split(pipe, request, i)).as("split at " + i).startsWith("HTTP/1.1 200");
      }
      pipe.observer.await("forwarded", request.length());
      for (int i = 1; i <= request.length(); i++) {
        assertThat(splunk.await(i).body()).isEqualTo("{\"event\":\"a *SSN*\"}");
      }
    }
  }

  private static String split(TestPipe pipe, String request, int at) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), pipe.port())) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      out.write(request.substring(0, at).getBytes(StandardCharsets.US_ASCII));
      out.flush();
      out.write(request.substring(at).getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void curl_sends_events() throws Exception {
    Path curl = Requirement.program("curl", "curl");
    try (TestPipe pipe = pipe()) {
      Process process = new ProcessBuilder(
              curl.toString(),
              "-sS",
              "--fail",
              "http://127.0.0.1:" + pipe.port() + "/services/collector",
              "-H",
              "Authorization: Splunk " + TOKEN,
              "-d",
              "{\"event\":\"curl " + SSN + "\"}")
          .redirectErrorStream(true)
          .start();
      assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("{\"text\":\"Success\",\"code\":0}");
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(splunk.await(1).body()).isEqualTo("{\"event\":\"curl *SSN*\"}");
    }
  }
}
