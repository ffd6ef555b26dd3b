package dev.phial.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.gateway.tls.ClientTlsFiles;
import dev.phial.gateway.tls.TestCertificates;
import dev.phial.gateway.tls.TestCertificates.Leaf;
import dev.phial.gateway.tls.TlsContexts;
import dev.phial.gateway.tls.TlsFiles;
import dev.phial.kms.testkit.Requirement;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * TLS of receivers and destinations of the whole gateway, over real sockets; the destinations are servers of the JDK's own
 * TLS, the senders of requests are curl.
 */
@Timeout(180)
class LogTlsEndToEndTest {
  private static final String SSN = "536-90-4399";
  private static final char[] NO_PASSWORD = {};

  @TempDir
  Path directory = Path.of("");

  private final StringBuilder got = new StringBuilder();
  private final List<HttpsServer> servers = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  private TestCertificates ours;

  @SuppressWarnings("NullAway.Init")
  private TestCertificates strangers;

  @BeforeEach
  void authorities() throws IOException {
    ours = TestCertificates.in(Files.createDirectory(directory.resolve("ours")));
    strangers =
        TestCertificates.in(Files.createDirectory(directory.resolve("strangers")), "stranger");
  }

  @AfterEach
  void stop() {
    servers.forEach(server -> server.stop(0));
  }

  // ---- a destination

  private int destination(TestCertificates authority, String name, boolean clients)
      throws Exception {
    ClientTlsFiles.Identity files = authority.issue(
        "destination", Leaf.of("CN=" + name).dns(name).usage(KeyPurposeId.id_kp_serverAuth));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys(files).getKeyManagers(), trust(ours.ca()).getTrustManagers(), null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context) {
      @Override
      public void configure(HttpsParameters parameters) {
        SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
        wanted.setNeedClientAuth(clients);
        parameters.setSSLParameters(wanted);
      }
    });
    server.createContext("/", exchange -> {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      synchronized (got) {
        got.append(body);
        got.notifyAll();
      }
      exchange.sendResponseHeaders(200, 2);
      exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
      exchange.close();
    });
    server.start();
    servers.add(server);
    return server.getAddress().getPort();
  }

  private static Certificate certificate(Path file) throws Exception {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static KeyManagerFactory keys(ClientTlsFiles.Identity files) throws Exception {
    byte[] key;
    try (PEMParser pem = new PEMParser(Files.newBufferedReader(files.key()))) {
      key = ((PEMKeyPair) pem.readObject()).getPrivateKeyInfo().getEncoded();
    }
    KeyStore store = KeyStore.getInstance("PKCS12", "SunJSSE");
    store.load(null, null);
    store.setKeyEntry(
        "server",
        KeyFactory.getInstance("EC", "SunEC").generatePrivate(new PKCS8EncodedKeySpec(key)),
        NO_PASSWORD,
        new Certificate[] {certificate(files.certificate())});
    KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509", "SunJSSE");
    keys.init(store, NO_PASSWORD);
    return keys;
  }

  private static TrustManagerFactory trust(Path ca) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12", "SunJSSE");
    store.load(null, null);
    store.setCertificateEntry("ca", certificate(ca));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX", "SunJSSE");
    trust.init(store);
    return trust;
  }

  private String await(String text) throws InterruptedException {
    long end = System.nanoTime() + 60_000_000_000L;
    synchronized (got) {
      while (got.indexOf(text) < 0) {
        long left = (end - System.nanoTime()) / 1_000_000;
        assertThat(left).as("not after a minute: " + text).isPositive();
        got.wait(left);
      }
      return got.toString();
    }
  }

  // ---- the gateway

  private RunningGateway gateway(String protocol, int destination, String... more) {
    TlsFiles server = ours.mtlsServer();
    List<String> sets = new ArrayList<>(List.of(
        "logs.receivers.app.protocol=" + protocol,
        "logs.receivers.app.address=127.0.0.1:0",
        "logs.receivers.app.tls.certificate=" + server.certificate(),
        "logs.receivers.app.tls.key=" + server.key(),
        "logs.receivers.app.tls.client_ca=" + server.clientCa().orElseThrow(),
        "logs.receivers.app.to.url=https://localhost:" + destination,
        "logs.receivers.app.to.tls.ca=" + ours.ca()));
    sets.addAll(List.of(more));
    return new RunningGateway(directory.resolve("data"), 1, sets.toArray(String[]::new));
  }

  private static int port(RunningGateway gateway) {
    return ((InetSocketAddress)
            Objects.requireNonNull(gateway.gateway().addresses().logs().get("app")))
        .getPort();
  }

  private String curl(int port, String path, String type, String body, String... options)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(
        Requirement.program("curl", "curl").toString(),
        "--silent",
        "--show-error",
        "--max-time",
        "30",
        "--cacert",
        ours.ca().toString(),
        "--write-out",
        " status %{http_code}",
        "--header",
        "Content-Type: " + type,
        "--data-binary",
        body));
    command.addAll(List.of(options));
    command.add("https://localhost:" + port + path);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return said;
  }

  private static String[] showing(ClientTlsFiles files) {
    ClientTlsFiles.Identity identity = files.identity().orElseThrow();
    return new String[] {
      "--cert", identity.certificate().toString(), "--key", identity.key().toString()
    };
  }

  private String[] sender() {
    return showing(ours.client("CN=sender"));
  }

  private static final String BULK =
      "{\"create\":{\"_index\":\"a\"}}\n{\"message\":\"patient " + SSN + " came\"}\n";

  private String bulk(RunningGateway gateway, String... options) throws Exception {
    return curl(port(gateway), "/_bulk", "application/x-ndjson", BULK, options);
  }

  private static void awaitMetric(RunningGateway gateway, String wanted) throws Exception {
    long end = System.nanoTime() + 60_000_000_000L;
    while (!gateway.management("/metrics").contains(wanted)) {
      assertThat(System.nanoTime()).as(wanted).isLessThan(end);
    }
  }

  /** Waits until a delivery failed, and is tried again. */
  private static void awaitRetries(RunningGateway gateway) throws Exception {
    awaitMetric(gateway, "phial_logs_retries_total{receiver=\"app\"} 1.0");
  }

  @Test
  void curl_sends_bulk_requests_with_its_certificate() throws Exception {
    try (RunningGateway gateway = gateway("elasticsearch", destination(ours, "localhost", false))) {
      assertThat(bulk(gateway, sender())).contains("\"status\":201", " status 200");
      assertThat(await("came")).doesNotContain(SSN).contains("patient ***-**-4399 came");
    }
  }

  @Test
  void curl_pushes_to_loki_with_its_certificate() throws Exception {
    try (RunningGateway gateway = gateway("loki", destination(ours, "localhost", false))) {
      String push = "{\"streams\":[{\"stream\":{\"job\":\"app\"},\"values\":[[\"1\",\"patient "
          + SSN + " came\"]]}]}";
      assertThat(curl(port(gateway), "/loki/api/v1/push", "application/json", push, sender()))
          .contains(" status 204");
      assertThat(await("came")).doesNotContain(SSN).contains("patient ***-**-4399 came");
    }
  }

  @Test
  void senders_without_a_certificate_of_the_right_authority_are_refused_and_recorded()
      throws Exception {
    RunningGateway gateway = gateway("elasticsearch", destination(ours, "localhost", false));
    try {
      assertThat(bulk(gateway)).contains("status 000");
      assertThat(bulk(gateway, showing(strangers.client("CN=sender")))).contains("status 000");
      assertThat(bulk(
              gateway,
              showing(ours.client(
                  Leaf.of("CN=sender").usage(KeyPurposeId.id_kp_clientAuth).expired()))))
          .contains("status 000");
      assertThat(bulk(gateway, sender())).contains("status 200");
      await("came");
      assertThat(gateway.management("/metrics"))
          .contains("phial_logs_refused_total{reason=\"tls\",receiver=\"app\"} 3.0")
          .contains("phial_logs_received_total{receiver=\"app\"} 1.0");
    } finally {
      gateway.close();
    }
    assertThat(gateway.auditLog())
        .contains("\"logs_start\"", "\"logs_stop\"", "\"refused_tls\":\"3\"", "\"found_SSN\":\"1\"")
        .doesNotContain(SSN);
  }

  @Test
  void plaintext_is_not_taken_where_tls_is_spoken() throws Exception {
    try (RunningGateway gateway = gateway("elasticsearch", destination(ours, "localhost", false));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(gateway))) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(BULK.getBytes(StandardCharsets.UTF_8));
      byte[] answer;
      try {
        answer = socket.getInputStream().readAllBytes();
      } catch (IOException reset) {
        answer = new byte[0];
      }
      assertThat(new String(answer, StandardCharsets.ISO_8859_1)).doesNotContain("HTTP", SSN);
    }
  }

  @Test
  void a_syslog_sender_shows_its_certificate_or_is_refused() throws Exception {
    TlsContexts tls = new TlsContexts(FipsModule.start());
    String[] to = {"logs.receivers.app.to.url=tls://localhost:1"};
    try (RunningGateway gateway = gateway("syslog-tcp", 1, to)) {
      assertThatThrownBy(() -> {
            try (Socket socket = tls.clientSockets(ours.client())
                .createSocket(InetAddress.getLoopbackAddress(), port(gateway))) {
              socket.setSoTimeout(60_000);
              socket
                  .getOutputStream()
                  .write("<13>1 - h a - - - x\n".getBytes(StandardCharsets.UTF_8));
              if (socket.getInputStream().read() < 0) {
                throw new IOException("closed");
              }
            }
          })
          .isInstanceOf(IOException.class);
      try (Socket socket = tls.clientSockets(ours.client("CN=sender"))
          .createSocket(InetAddress.getLoopbackAddress(), port(gateway))) {
        socket
            .getOutputStream()
            .write(("<13>1 - h a - - - patient " + SSN + "\n").getBytes(StandardCharsets.UTF_8));
      }
      awaitMetric(gateway, "phial_logs_received_total{receiver=\"app\"} 1.0");
      awaitMetric(gateway, "phial_logs_refused_total{reason=\"tls\",receiver=\"app\"} 1.0");
    }
  }

  @Test
  void a_destination_of_another_authority_or_another_name_gets_nothing() throws Exception {
    for (int destination : new int[] {
      destination(strangers, "localhost", false), destination(ours, "elsewhere.example.org", false)
    }) {
      try (RunningGateway gateway =
          gateway("elasticsearch", destination, "limits.drain_timeout=1s")) {
        assertThat(bulk(gateway, sender())).contains("status 200");
        awaitRetries(gateway);
        assertThat(gateway.management("/metrics"))
            .contains("phial_logs_forwarded_total{receiver=\"app\"} 0.0");
      }
    }
    assertThat(got.toString()).isEmpty();
    // What was kept goes to the right one, once there is one.
    try (RunningGateway gateway = gateway("elasticsearch", destination(ours, "localhost", false))) {
      assertThat(gateway.gateway().ready()).isTrue();
      assertThat(await("came")).contains("patient ***-**-4399 came");
    }
  }

  @Test
  void a_destination_that_wants_certificates_is_shown_ours() throws Exception {
    int destination = destination(ours, "localhost", true);
    try (RunningGateway gateway =
        gateway("elasticsearch", destination, "limits.drain_timeout=1s")) {
      assertThat(bulk(gateway, sender())).contains("status 200");
      awaitRetries(gateway);
      assertThat(got.toString()).isEmpty();
    }
    ClientTlsFiles.Identity shown = ours.client("CN=phial").identity().orElseThrow();
    try (RunningGateway gateway = gateway(
        "elasticsearch",
        destination,
        "logs.receivers.app.to.tls.certificate=" + shown.certificate(),
        "logs.receivers.app.to.tls.key=" + shown.key())) {
      assertThat(gateway.gateway().ready()).isTrue();
      assertThat(await("came")).doesNotContain(SSN);
    }
  }
}
