package dev.phial.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.gateway.auth.LocalIssuer;
import dev.phial.gateway.auth.LocalIssuer.Realm;
import dev.phial.gateway.auth.TokenRequest;
import dev.phial.gateway.logs.LineServer;
import dev.phial.gateway.logs.LogCanaries;
import dev.phial.gateway.tls.ClientTlsFiles;
import dev.phial.gateway.tls.TestCertificates;
import dev.phial.gateway.tls.TlsContexts;
import dev.phial.gateway.tls.TlsFiles;
import dev.phial.proto.v1.BatchMaskRequest;
import dev.phial.proto.v1.LogEvent;
import dev.phial.proto.v1.MaskingServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.msgpack.core.MessagePack;
import org.msgpack.value.ValueFactory;

/**
 * Threat T22 for logs, and T29 with it: every identifier in every form, in through every way there is, with destinations that
 * are down, a process that is killed and a disk that is full; and nothing of it in anything that comes out: what is forwarded
 * and buffered, what the gateway says, its metrics, its audit log, its answers.
 */
@Timeout(420)
class LogCanariesEndToEndTest {
  private static final String TOKEN = "a-token-of-log-senders";
  private static final List<String> LINES = LogCanaries.lines();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  @TempDir
  Path directory = Path.of("");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final StringBuilder answers = new StringBuilder();
  private final ByteArrayOutputStream forwarded = new ByteArrayOutputStream();
  private final LineServer syslog = new LineServer();
  private final HttpServer web =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  private final TestCertificates certificates;

  LogCanariesEndToEndTest(@TempDir Path keys) throws IOException {
    certificates = TestCertificates.in(keys);
  }

  @BeforeEach
  void start() {
    web.createContext("/", this::take);
    web.start();
  }

  @AfterEach
  void stop() throws IOException {
    web.stop(0);
    syslog.close();
  }

  private void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    synchronized (forwarded) {
      forwarded.writeBytes(exchange.getRequestURI().toString().getBytes(StandardCharsets.UTF_8));
      forwarded.writeBytes(body);
      forwarded.notifyAll();
    }
    byte[] answer = "{}".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  /** One receiver of each kind; those of {@code otlp-grpc} and {@code fluentd} have a destination that is down. */
  private List<String> receivers(String... more) throws IOException {
    TlsFiles server = certificates.mtlsServer();
    Path tokens = Files.writeString(directory.resolve("tokens"), TOKEN + "\n");
    String lines = "tcp://127.0.0.1:" + syslog.port();
    String requests = "http://127.0.0.1:" + web.getAddress().getPort();
    List<String> sets = new ArrayList<>(List.of(
        "policy=" + policy(),
        "logs.receivers.tls.tls.certificate=" + server.certificate(),
        "logs.receivers.tls.tls.key=" + server.key(),
        "logs.receivers.tls.tls.client_ca=" + server.clientCa().orElseThrow(),
        "logs.receivers.hec.tokens.file=" + tokens));
    sets.addAll(receiver("udp", "syslog-udp", lines));
    sets.addAll(receiver("tcp", "syslog-tcp", lines));
    sets.addAll(receiver("tls", "syslog-tcp", lines));
    sets.addAll(receiver("hec", "splunk-hec", requests));
    sets.addAll(receiver("elastic", "elasticsearch", requests));
    sets.addAll(receiver("loki", "loki", requests));
    sets.addAll(receiver("otlp", "otlp-http", requests));
    sets.addAll(receiver("grpc", "otlp-grpc", "http://127.0.0.1:1"));
    sets.addAll(receiver("fluent", "fluentd", "tcp://127.0.0.1:1"));
    sets.addAll(List.of(more));
    return sets;
  }

  /** The shipped policy, which keeps the last digits of some, with everything redacted. */
  private Path policy() throws IOException {
    String shipped = Files.readString(
        Path.of(System.getProperty("phial.root", "..")).resolve("config/policy.yaml"));
    int section = shipped.indexOf("\nlogs:");
    String others = section < 0 ? shipped : shipped.substring(0, section + 1);
    return Files.writeString(
        directory.resolve("policy.yaml"), others + "logs: { detect: [hipaa] }\n");
  }

  private static List<String> receiver(String name, String protocol, String to) {
    String key = "logs.receivers." + name + ".";
    return List.of(key + "protocol=" + protocol, key + "address=127.0.0.1:0", key + "to.url=" + to);
  }

  // ---- the ways in

  private static void datagrams(int port) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      for (String line : LINES) {
        byte[] packet = ("<13>1 - h app - - - " + line).getBytes(StandardCharsets.UTF_8);
        socket.send(
            new DatagramPacket(packet, packet.length, InetAddress.getLoopbackAddress(), port));
      }
    }
  }

  private static void lines(Socket socket, String last) throws IOException {
    OutputStream out = socket.getOutputStream();
    for (String line : LINES) {
      out.write(("<13>1 - h app - - - " + line + "\n").getBytes(StandardCharsets.UTF_8));
    }
    out.write(("<13>1 - h app - - - " + last + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private int post(GatewayProcess gateway, String receiver, String path, String type, String body)
      throws Exception {
    var answer = http.send(
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + gateway.port("logs " + receiver) + path))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", type)
            .header("Authorization", "Splunk " + TOKEN)
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
    answers.append(answer.headers().map()).append(answer.body()).append('\n');
    return answer.statusCode();
  }

  private static String all(String before, String around, String after) throws IOException {
    StringBuilder body = new StringBuilder(before);
    for (int i = 0; i < LINES.size(); i++) {
      String quoted = JSON.writeValueAsString(LINES.get(i));
      body.append(around.replace("#", String.valueOf(i + 1)).replace("@", quoted));
    }
    return body.toString().replaceAll(",$", "") + after;
  }

  private void requests(GatewayProcess gateway) throws Exception {
    String hec = "/services/collector/event";
    assertThat(post(gateway, "hec", hec, "application/json", all("", "{\"event\":@}", "")))
        .isEqualTo(200);
    String bulk = all("", "{\"create\":{\"_index\":\"a\"}}\n{\"message\":@}\n", "");
    assertThat(post(gateway, "elastic", "/_bulk", "application/x-ndjson", bulk)).isEqualTo(200);
    String push =
        all("{\"streams\":[{\"stream\":{\"job\":\"a\"},\"values\":[", "[\"#\",@],", "]}]}");
    assertThat(post(gateway, "loki", "/loki/api/v1/push", "application/json", push))
        .isEqualTo(204);
    String logs = all(
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[",
        "{\"body\":{\"stringValue\":@}},",
        "]}]}]}");
    assertThat(post(gateway, "otlp", "/v1/logs", "application/json", logs)).isEqualTo(200);
  }

  /** What is malformed, unknown or too large: the answers say nothing of it. */
  private void refusedRequests(GatewayProcess gateway) throws Exception {
    for (String line : LINES) {
      String path = "/services/collector/event";
      assertThat(post(gateway, "hec", path, "application/json", "{\"event\":" + line))
          .isEqualTo(400);
      assertThat(post(gateway, "elastic", "/_bulk", "application/x-ndjson", line + "\n"))
          .isEqualTo(400);
      assertThat(post(gateway, "loki", "/loki/api/v1/push", "application/json", line + "["))
          .isEqualTo(400);
      assertThat(post(gateway, "otlp", "/v1/logs", "application/json", line + "{"))
          .isEqualTo(400);
    }
  }

  private static void otlp(int port) {
    ScopeLogs.Builder scope = ScopeLogs.newBuilder();
    for (String line : LINES) {
      scope.addLogRecords(
          LogRecord.newBuilder().setBody(AnyValue.newBuilder().setStringValue(line)));
    }
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    try {
      var answer = LogsServiceGrpc.newBlockingStub(channel)
          .withDeadlineAfter(Duration.ofSeconds(60))
          .export(ExportLogsServiceRequest.newBuilder()
              .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(scope))
              .build());
      assertThat(answer.hasPartialSuccess()).isFalse();
    } finally {
      channel.shutdownNow();
    }
  }

  private static void fluentd(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        var packer = MessagePack.newDefaultPacker(socket.getOutputStream());
        var answer = MessagePack.newDefaultUnpacker(socket.getInputStream())) {
      socket.setSoTimeout(60_000);
      packer.packArrayHeader(3).packString("tag").packArrayHeader(LINES.size());
      for (String line : LINES) {
        packer.packArrayHeader(2).packLong(1).packMapHeader(1).packString("log").packString(line);
      }
      packer.packMapHeader(1).packString("chunk").packString("c1").flush();
      assertThat(answer.unpackValue().asMapValue().map().get(ValueFactory.newString("ack")))
          .isEqualTo(ValueFactory.newString("c1"));
    }
  }

  private String masked(GatewayProcess gateway) throws InterruptedException {
    LocalIssuer issuer = LocalIssuer.open(
        Realm.DATA,
        directory.resolve("data/auth/issuer.jwk"),
        FipsModule.start(),
        Clock.systemUTC());
    String token = issuer.mint(new TokenRequest(
        "ann", "default", Set.of("clinician"), Set.of("TREAT"), Duration.ofMinutes(15)));
    BatchMaskRequest.Builder request = BatchMaskRequest.newBuilder();
    LINES.forEach(
        line -> request.addEvents(LogEvent.newBuilder().setContent(ByteString.copyFromUtf8(line))));
    ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", gateway.port("grpc"))
        .usePlaintext()
        .build();
    try {
      return MaskingServiceGrpc.newBlockingStub(channel)
          .withInterceptors(bearer(token))
          .withDeadlineAfter(Duration.ofSeconds(60))
          .batchMask(request.build())
          .getEventsList()
          .stream()
          .map(event -> event.getContent().toStringUtf8())
          .reduce("", (a, b) -> a + "\n" + b);
    } finally {
      channel.shutdownNow();
    }
  }

  private static ClientInterceptor bearer(String token) {
    return new ClientInterceptor() {
      @Override
      public <A, B> ClientCall<A, B> interceptCall(
          MethodDescriptor<A, B> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
          @Override
          public void start(Listener<B> listener, Metadata headers) {
            headers.put(AUTHORIZATION, "Bearer " + token);
            super.start(listener, headers);
          }
        };
      }
    };
  }

  private void sendAll(GatewayProcess gateway, String last) throws Exception {
    datagrams(gateway.port("logs udp"));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port("logs tcp"))) {
      lines(socket, last + "-tcp");
    }
    ClientTlsFiles files = certificates.client("CN=sender");
    try (Socket socket = new TlsContexts(FipsModule.start())
        .clientSockets(files)
        .createSocket(InetAddress.getLoopbackAddress(), gateway.port("logs tls"))) {
      lines(socket, last + "-tls");
    }
    requests(gateway);
    otlp(gateway.port("logs grpc"));
    fluentd(gateway.port("logs fluent"));
  }

  // ---- what came out

  private void nothingIn(String what, byte[] output) {
    assertThat(LogCanaries.seen(output)).as(what).isEmpty();
  }

  private void nothingOnDisk() throws IOException {
    int buffers = 0;
    try (Stream<Path> files = Files.walk(directory.resolve("data"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        nothingIn(file.toString(), Files.readAllBytes(file));
        buffers += file.toString().contains("/logs/") && Files.size(file) > 1_000 ? 1 : 0;
      }
    }
    assertThat(buffers).as("buffers that were looked at").isGreaterThanOrEqualTo(2);
  }

  private void nothingAnywhere(GatewayProcess gateway) throws IOException {
    nothingOnDisk();
    nothingIn("answers", answers.toString().getBytes(StandardCharsets.UTF_8));
    nothingIn("its own log", gateway.said().getBytes(StandardCharsets.UTF_8));
    nothingIn("forwarded lines", syslog.text().getBytes(StandardCharsets.ISO_8859_1));
    synchronized (forwarded) {
      nothingIn("forwarded requests", forwarded.toByteArray());
    }
  }

  private void awaitForwarded(int least) throws InterruptedException {
    long end = System.nanoTime() + 60_000_000_000L;
    synchronized (forwarded) {
      while (count(forwarded.toString(StandardCharsets.UTF_8), "*SSN*") < least) {
        long left = (end - System.nanoTime()) / 1_000_000;
        assertThat(left).as("forwarded: " + forwarded.size()).isPositive();
        forwarded.wait(left);
      }
    }
  }

  private static int count(String text, String part) {
    return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
  }

  @Test
  void the_look_finds_what_is_there() {
    LINES.forEach(line -> assertThat(LogCanaries.seen(line)).as(line).hasSize(1));
    assertThat(LogCanaries.seen(String.join("\n", LINES))).hasSize(18);
    assertThat(LogCanaries.seen("5 3 6-2 7-8841".getBytes(StandardCharsets.UTF_16LE)))
        .containsExactly("SSN");
  }

  @Test
  void nothing_is_seen_however_it_came_in_also_when_killed_and_when_destinations_are_down()
      throws Exception {
    GatewayProcess first = new GatewayProcess(directory.resolve("data"), 0, receivers());
    try {
      String answer = masked(first);
      nothingIn("answers of Mask", answer.getBytes(StandardCharsets.UTF_8));
      assertThat(count(answer, "*SSN*")).isGreaterThanOrEqualTo(8);
      sendAll(first, "last-one");
      refusedRequests(first);
      assertThat(syslog.await("last-one-tcp")).contains("*SSN*");
      assertThat(syslog.await("last-one-tls")).contains("*BIOMETRIC*", "*PHOTO*", "*OTHER*");
      awaitForwarded(4 * 8);
      String metrics = first.management("/metrics");
      nothingIn("metrics", metrics.getBytes(StandardCharsets.UTF_8));
      for (String receiver : List.of("hec", "elastic", "loki", "otlp", "grpc", "fluent")) {
        assertThat(metrics)
            .contains(
                "phial_logs_received_total{receiver=\"" + receiver + "\"} " + LINES.size() + ".0");
      }
      assertThat(metrics).contains("identifier=\"VEHICLE\",receiver=\"udp\"");
      nothingAnywhere(first);
      sendAll(first, "last-two");
    } finally {
      first.kill();
    }
    nothingAnywhere(first);
    GatewayProcess second = new GatewayProcess(directory.resolve("data"), 0, receivers());
    try {
      sendAll(second, "last-three");
      syslog.await("last-two-tcp");
      syslog.await("last-three-tls");
      nothingIn("metrics", second.management("/metrics").getBytes(StandardCharsets.UTF_8));
    } finally {
      second.close();
    }
    nothingAnywhere(second);
    assertThat(Files.readString(directory.resolve("data/audit/audit.jsonl")))
        .contains("\"logs_start\"", "\"logs_stop\"", "\"found_SSN\"");
  }

  @Test
  void nothing_is_seen_when_the_disk_is_full() throws Exception {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/bin/bash")), "no bash: no limit for file sizes");
    String down = "http://127.0.0.1:1";
    try (GatewayProcess gateway = new GatewayProcess(
        directory.resolve("data"),
        2_048,
        receivers("logs.receivers.hec.to.url=" + down, "logs.buffer.max_size=64MiB"))) {
      String path = "/services/collector/event";
      String body = all("", "{\"event\":@}", "").repeat(20);
      int status = 200;
      for (int i = 0; i < 40 && status == 200; i++) {
        status = post(gateway, "hec", path, "application/json", body);
      }
      assertThat(status).as("a full disk").isEqualTo(503);
      assertThat(gateway.management("/readyz")).contains("log buffer of hec");
      otlp(gateway.port("logs grpc"));
      nothingIn("metrics", gateway.management("/metrics").getBytes(StandardCharsets.UTF_8));
      nothingAnywhere(gateway);
    } catch (StatusRuntimeException refused) {
      nothingIn("an error", String.valueOf(refused).getBytes(StandardCharsets.UTF_8));
    }
  }
}
