package dev.phial.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManagementServerTest {
  private final AtomicBoolean auditWritable = new AtomicBoolean(true);

  @SuppressWarnings("NullAway.Init") // set before each test
  private ManagementServer server;

  @BeforeEach
  void start() throws IOException {
    server = ManagementServer.start(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        () -> Map.of("audit log", auditWritable.get()),
        () -> Map.of("crypto module", "BCFIPS"),
        () -> "phial_ready 1.0\n");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> get(String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void it_is_alive_whatever_the_checks_say() throws Exception {
    auditWritable.set(false);

    assertThat(get("/livez").statusCode()).isEqualTo(200);
  }

  @Test
  void it_is_ready_only_while_all_checks_hold_and_says_which_does_not() throws Exception {
    assertThat(get("/readyz").statusCode()).isEqualTo(200);
    assertThat(get("/readyz").body())
        .contains("[ok]   audit log")
        .contains("crypto module: BCFIPS");

    auditWritable.set(false);

    assertThat(get("/readyz").statusCode()).isEqualTo(503);
    assertThat(get("/readyz").body()).contains("[fail] audit log");
  }

  @Test
  void it_gives_metrics_and_nothing_else() throws Exception {
    assertThat(get("/metrics").body()).isEqualTo("phial_ready 1.0\n");
    assertThat(get("/metrics").headers().firstValue("Content-Type"))
        .hasValueSatisfying(t -> assertThat(t).startsWith("text/plain; version=0.0.4"));
    assertThat(get("/secrets").statusCode()).isEqualTo(404);
  }
}
