package dev.phial.gateway.http;

import static dev.phial.gateway.transform.TestPolicies.bind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.gateway.engine.RefusalCode;
import dev.phial.gateway.policy.HttpRoute.Segment;
import dev.phial.gateway.policy.Policy;
import dev.phial.gateway.transform.TestPolicies;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyServerTest {
  private static final String PATIENT =
      "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Canary-Achterberg\"}],\"n\":1.500}";

  private ProxyFixture proxy;

  private static Policy policy() {
    return TestPolicies.policy(
        TestPolicies.route(
            "/fhir/Patient/{mrn}",
            List.of(
                new Segment.Literal("fhir"),
                new Segment.Literal("Patient"),
                new Segment.Parameter("mrn")),
            bind("Patient.name.family", "family")),
        TestPolicies.route(
            "/fhir/**",
            List.of(new Segment.Literal("fhir"), new Segment.Rest()),
            bind("Patient.name.family", "family")));
  }

  @BeforeEach
  void start() throws IOException {
    proxy = new ProxyFixture(
        policy(),
        new InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0),
        ProxyFixture.QUICK);
  }

  @AfterEach
  void stop() {
    proxy.close();
  }

  private static String crlf(String text) {
    return text.replace("#", "\r\n").replace('\'', '"');
  }

  private String sent() {
    return String.join("\n", proxy.upstream().requests());
  }

  @Test
  void sealsOnTheWayInAndRevealsOnTheWayBackToWhoMaySee() throws IOException {
    String created =
        proxy.send("clinician", "POST /fhir/Patient", PATIENT, "X-Other: Canary", "Cookie: Canary");
    assertThat(created)
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("Cache-Control: no-store", "ETag: W/\"1\"")
        .doesNotContain("Set-Cookie", "Server:");
    assertThat(ProxyFixture.body(created)).isEqualTo(PATIENT);
    assertThat(proxy.upstream().stored())
        .isEqualTo(PATIENT.replace("Canary-Achterberg", "phial:v1:1"));
    assertThat(sent())
        .doesNotContain("Canary", "Authorization", "X-Other")
        .contains("Host: ehr.test:80", "Accept-Encoding: identity");
    assertThat(ProxyFixture.body(proxy.send("clinician", "GET /fhir/x", ""))).isEqualTo(PATIENT);
    assertThat(ProxyFixture.body(proxy.send("support", "GET /fhir/x", "")))
        .contains("rg\"")
        .doesNotContain("Canary");
    assertThat(ProxyFixture.body(proxy.send("auditor", "GET /fhir/x", ""))).contains("phial:v1:1");
    assertThat(ProxyFixture.body(proxy.send("nobody", "GET /fhir/x", "")))
        .isEqualTo("{\"resourceType\":\"Patient\",\"n\":1.500}");
    assertThat(proxy.answers())
        .allMatch(answer -> answer.status() == 200 && answer.route().equals("/fhir/**"));
  }

  @Test
  void takesChunkedBodiesAndSendsThemWithALength() throws IOException {
    String response = proxy.raw(
        "POST /fhir/Patient HTTP/1.1\r\nHost: gw\r\nAuthorization: Bearer clinician\r\nConnection: close\r\n"
            + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n"
            + Integer.toHexString(10) + "\r\n" + PATIENT.substring(0, 10) + "\r\n"
            + Integer.toHexString(PATIENT.length() - 10) + "\r\n" + PATIENT.substring(10)
            + "\r\n0\r\n\r\n");
    assertThat(ProxyFixture.body(response)).endsWith(PATIENT);
    assertThat(sent()).contains("Content-Length: ").doesNotContain("Transfer-Encoding", "Canary");
  }

  @Test
  void protectsPathAndQueryParameters() throws IOException {
    proxy.send("clinician", "GET /fhir/Patient/1234567?identifier=999%2D1&_count=5", "");
    assertThat(sent())
        .startsWith("GET /fhir/Patient/9000001?identifier=9000002&_count=5 HTTP/1.1\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "GET /other, 404",
    "PATCH /fhir/x, 405",
    "GET /fhir/x?name=Canary, 400",
    "GET /fhir/x?Canary-7=1, 400",
    "GET /fhir/../x, 400",
    "GET /fhir/%2e%2e/x, 400",
    "GET /fhir//x, 400",
    "GET /fhir/a%2fb, 400",
    "GET /fhir/a%5cb, 400",
    "GET /fhir/a;b=c, 400",
    "GET /fhir/%00, 400",
    "GET /fhir/%252e, 400",
    "GET /fhir/%c0%af, 400",
    "GET /fhir/%zz, 400",
    "GET /fhir/, 400",
    "GET http://ehr.test/fhir/x, 400",
    "GET http://169.254.169.254/fhir/x, 400",
    "CONNECT ehr.test:80, 400",
    "OPTIONS *, 400",
    "TRACE /fhir/x, 405"
  })
  void refusesTargetsThatNoRouteTakes(String line, int status) throws IOException {
    String response = proxy.send("clinician", line, "");
    assertThat(response)
        .startsWith("HTTP/1.1 " + status + " ")
        .doesNotContain("Canary")
        .contains("Phial-Request-Id: ");
    assertThat(proxy.upstream().requests()).isEmpty();
    assertThat(proxy.audit().events()).hasSize(1);
    assertThat(proxy.audit().events().toString()).contains("refuse").doesNotContain("Canary");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain", "application/octet-stream", "application/fhir+json; charset=utf-16",
            "application/json; charset=iso-8859-1",
        "multipart/form-data; boundary=x", "application/x-www-form-urlencoded",
            "application/fhir+ndjson", "application/fhir+xml",
        "application/json-patch+json", "application/json; x=y", "application/json, text/plain"
      })
  void refusesOtherContentTypes(String type) throws IOException {
    assertThat(proxy.send("clinician", "POST /fhir/x", PATIENT, "Content-Type: " + type))
        .startsWith("HTTP/1.1 415 ");
    assertThat(proxy.upstream().requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Content-Encoding: gzip|415", "If-None-Exist: identifier=1|400", "Range: bytes=0-1|400",
            "If-Unmodified-Since: x|400",
        "phial-purpose: MARKET|403", "Upgrade: h2c|400", "Expect: magic|417",
            "Connection: authorization|400"
      })
  void refusesHeadersThatChangeTheMeaning(String field, int status) throws IOException {
    assertThat(proxy.send("clinician", "POST /fhir/x", PATIENT, field))
        .startsWith("HTTP/1.1 " + status + " ");
    assertThat(proxy.upstream().requests()).isEmpty();
  }

  @Test
  void refusesWhoIsNotKnown() throws IOException {
    assertThat(proxy.send("", "GET /fhir/x", ""))
        .startsWith("HTTP/1.1 401 ")
        .contains("WWW-Authenticate: Bearer", "problem+json");
    assertThat(proxy.send("bad", "GET /fhir/x", "")).startsWith("HTTP/1.1 401 ");
    assertThat(proxy.audit().events())
        .hasSize(2)
        .allMatch(event -> event.subject().equals("unknown"));
    assertThat(proxy.upstream().requests()).isEmpty();
  }

  @Test
  void bodiesThatCannotBeTakenForwardNothing() throws IOException {
    assertThat(proxy.send("clinician", "POST /fhir/x", PATIENT + "}"))
        .startsWith("HTTP/1.1 400 ")
        .contains("OperationOutcome");
    assertThat(proxy.send("clinician", "POST /fhir/x", PATIENT.replace("Canary", "Canary-REFUSE")))
        .startsWith("HTTP/1.1 422 ")
        .contains("element family", "/name/0/family")
        .doesNotContain("Canary");
    String big = "[" + "1,".repeat(8 << 20) + "1]";
    assertThat(proxy.send("clinician", "POST /fhir/x", big)).startsWith("HTTP/1.1 413 ");
    assertThat(proxy.upstream().requests()).isEmpty();
  }

  @Test
  void anEngineThatFailsStopsBothWays() throws IOException {
    proxy.engine().failWith(RefusalCode.KEYS_UNAVAILABLE);
    assertThat(proxy.send("clinician", "POST /fhir/x", PATIENT)).startsWith("HTTP/1.1 503 ");
    assertThat(proxy.upstream().requests()).isEmpty();
    proxy.upstream().store(PATIENT);
    assertThat(proxy.send("clinician", "GET /fhir/x", ""))
        .startsWith("HTTP/1.1 503 ")
        .doesNotContain("Canary");
  }

  @Test
  void anAuditLogThatFailsMakesEveryRefusal503() throws IOException {
    proxy.audit().breakDown();
    assertThat(proxy.send("clinician", "GET /other", "")).startsWith("HTTP/1.1 503 ");
    assertThat(proxy.send("", "GET /fhir/x", "")).startsWith("HTTP/1.1 503 ");
    assertThat(proxy.raw("GET / HTTP/1.1\nHost: a\n\n")).startsWith("HTTP/1.1 503 ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP/1.1 200 OK#Content-Type: application/json#Content-Length: 900##{\"a\":\"Canary\"<close>|502",
        "HTTP/1.1 200 OK#Content-Type: application/json#Transfer-Encoding: chunked##5#{\"a\":#<close>|502",
        "HTTP/1.1 200 OK#Content-Type: application/json##{\"a\":\"Canary\"}<close>|502",
        "HTTP/1.1 200 OK#Content-Type: text/html#Content-Length: 6##Canary|502",
        "HTTP/1.1 200 OK#Content-Length: 6##Canary|502",
        "HTTP/1.1 200 OK#Content-Type: application/json#Content-Encoding: gzip#Content-Length: 6##Canary|502",
        "HTTP/1.1 200 OK#Content-Type: application/json#Content-Length: 6##Canary|502",
        "HTTP/1.1 200 OK#Content-Type: application/json#Content-Length: 2#Transfer-Encoding: chunked##{}|502",
        "HTTP/1.1 200 OK#Content-Type: application/json#Content-Length: 2#Content-Length: 3##{}|502",
        "HTTP/1.1 101 Switching#Upgrade: x##|502",
        "Canary garbage##|502",
        "<close>|502",
        "|504"
      })
  void upstreamsThatFailGiveNothingOfTheirAnswer(String answer, int status) throws IOException {
    proxy.upstream().prepare(answer == null ? "" : answer.replace("#", "\r\n"));
    String response = proxy.send("clinician", "GET /fhir/x", "");
    assertThat(response)
        .startsWith("HTTP/1.1 " + status + " ")
        .contains("OperationOutcome")
        .doesNotContain("Canary");
  }

  @Test
  void anUpstreamThatIsDownIs502() throws IOException {
    proxy.upstream().close();
    assertThat(proxy.send("clinician", "POST /fhir/x", PATIENT))
        .startsWith("HTTP/1.1 502 ")
        .doesNotContain("Canary");
  }

  @Test
  void interimResponsesAndTrailersDoNotShiftThePairing() throws IOException {
    proxy
        .upstream()
        .prepare(crlf(
            "HTTP/1.1 103 Early Hints#Link: Canary##HTTP/1.1 100 Continue##HTTP/1.1 200 OK#Content-Type: application/json#"
                + "Transfer-Encoding: chunked##7#{'a':1}#0#X: Canary##"));
    String both = proxy.raw(crlf("GET /fhir/1 HTTP/1.1#Host: gw#Authorization: Bearer clinician##"
        + "GET /fhir/2 HTTP/1.1#Host: gw#Authorization: Bearer clinician#Connection: close##"));
    assertThat(both)
        .contains("{\"a\":1}HTTP/1.1 200 OK")
        .endsWith("{\"resourceType\":\"Basic\"}")
        .doesNotContain("Canary");
    assertThat(proxy.upstream().requests()).hasSize(2);
  }

  @Test
  void answersWithoutBodiesAreRight() throws IOException {
    assertThat(proxy.send("clinician", "HEAD /fhir/x", ""))
        .startsWith("HTTP/1.1 200 OK")
        .endsWith("\r\n\r\n");
    proxy.upstream().prepare("HTTP/1.1 204 No Content\r\n\r\n");
    assertThat(proxy.send("clinician", "DELETE /fhir/x", ""))
        .startsWith("HTTP/1.1 204")
        .doesNotContain("Content-Length");
    proxy
        .upstream()
        .prepare("HTTP/1.1 304 Not Modified\r\nETag: W/\"2\"\r\nContent-Length: 99\r\n\r\n");
    assertThat(proxy.send("clinician", "GET /fhir/x", "", "If-None-Match: W/\"2\""))
        .startsWith("HTTP/1.1 304")
        .contains("W/\"2\"");
    assertThat(sent()).contains("If-None-Match: W/\"2\"");
    assertThat(proxy.send("clinician", "POST /fhir/x", "", "Content-Length: 0"))
        .startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @CsvSource({
    "http://ehr.test:80/fhir/Observation/5/_history/1, /fhir/Observation/5/_history/1",
    "/fhir/Observation/5, /fhir/Observation/5",
    "http://evil.test/fhir/Observation/5, ''",
    "/internal/5, ''",
    "/fhir/Patient/9000009, ''",
    "/fhir/x?name=Canary, ''",
    "//evil.test/fhir/x, ''"
  })
  void locationsAreToldOnlyWhenTheyLieOnARoute(String location, String told) throws IOException {
    proxy
        .upstream()
        .prepare("HTTP/1.1 201 Created\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n");
    String response =
        proxy.send("clinician", "POST /fhir/Observation", "{\"resourceType\":\"Observation\"}");
    if (told.isEmpty()) {
      assertThat(response).doesNotContain("Location");
    } else {
      assertThat(response).contains("\r\nLocation: " + told + "\r\n");
    }
  }

  @Test
  void slowClientsAreClosed() throws IOException {
    assertThat(proxy.raw("GET /fhir/x HTT")).startsWith("HTTP/1.1 408 ");
    assertThat(proxy.raw(
            "POST /fhir/x HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer clinician\r\nContent-Type: application/json\r\n"
                + "Content-Length: 5000\r\n\r\n{"))
        .startsWith("HTTP/1.1 408 ");
    assertThat(proxy.raw("")).isEmpty();
    assertThat(proxy.upstream().requests()).isEmpty();
  }

  @Test
  void aClientThatGoesAwayInTheMiddleForwardsNothing() throws IOException {
    try (Socket socket = proxy.connect()) {
      socket.setSoLinger(true, 0);
      socket
          .getOutputStream()
          .write(("POST /fhir/x HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer clinician\r\n"
                  + "Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n{\"a\":")
              .getBytes(StandardCharsets.US_ASCII));
    }
    assertThat(proxy.send("clinician", "GET /fhir/x", "")).startsWith("HTTP/1.1 200");
    assertThat(proxy.upstream().requests()).hasSize(1);
  }

  @Test
  void manyClientsAtATimeEachGetTheirOwn() {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<CompletableFuture<Boolean>> all = IntStream.range(0, 200)
          .mapToObj(i -> CompletableFuture.supplyAsync(() -> echoes(i), threads))
          .toList();
      all.forEach(one -> assertThat(one.orTimeout(30, TimeUnit.SECONDS).join()).isTrue());
    } finally {
      threads.shutdownNow();
    }
    assertThat(sent()).doesNotContain("Canary");
  }

  private boolean echoes(int i) {
    try {
      String big = i % 10 == 0 ? "x".repeat(200_000) : "";
      String body =
          PATIENT.replace("\"n\"", "\"p\":\"" + big + "\",\"n\"").replace("1.500", "1.500" + i);
      String response = proxy.send("clinician", "PUT /fhir/" + i, body);
      return response.startsWith("HTTP/1.1 200")
          && ProxyFixture.body(response).startsWith("{\"resourceType\":\"Patient\"");
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void listensOnAUnixDomainSocket(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("phial.sock");
    try (ProxyFixture unix =
            new ProxyFixture(policy(), UnixDomainSocketAddress.of(file), ProxyFixture.QUICK);
        SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      client.connect(unix.address());
      client.write(ByteBuffer.wrap(
          "GET /fhir/x HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer clinician\r\nConnection: close\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII)));
      ByteBuffer answer = ByteBuffer.allocate(4_096);
      while (client.read(answer) >= 0 && answer.hasRemaining()) {
        // until the end
      }
      assertThat(new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 200 OK");
    }
    assertThat(Files.exists(file)).isFalse();
  }

  @Test
  void stopClosesIdleConnections() throws IOException {
    try (Socket idle = proxy.connect()) {
      String request = crlf("GET /fhir/x HTTP/1.1#Host: gw#Authorization: Bearer clinician##");
      idle.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String expected = "{\"resourceType\":\"Basic\"}";
      StringBuilder answer = new StringBuilder();
      while (!answer.toString().endsWith(expected)) {
        answer.append((char) idle.getInputStream().read());
      }
      proxy
          .server()
          .stop(Duration.ofSeconds(20))
          .toCompletableFuture()
          .orTimeout(10, TimeUnit.SECONDS)
          .join();
      assertThat(idle.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void stopLetsRequestsUnderWayEnd() throws IOException {
    proxy.upstream().prepare("");
    try (Socket busy = proxy.connect()) {
      String request = crlf("GET /fhir/x HTTP/1.1#Host: gw#Authorization: Bearer clinician##");
      busy.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      while (proxy.upstream().requests().isEmpty()) {
        Thread.onSpinWait();
      }
      CompletableFuture<Void> stopped =
          proxy.server().stop(Duration.ofSeconds(20)).toCompletableFuture();
      String answer = new String(busy.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 504 ").contains("Connection: close");
      stopped.orTimeout(10, TimeUnit.SECONDS).join();
    }
  }

  @Test
  void refusesToListenPlainlyOnOtherAddresses() {
    assertThatThrownBy(() -> ProxySettings.of(new InetSocketAddress("0.0.0.0", 0), null))
        .hasMessageContaining("without TLS");
  }
}
