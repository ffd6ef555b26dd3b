package dev.phial.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.gateway.config.ConfigLoader;
import dev.phial.gateway.config.GatewayConfig;
import dev.phial.gateway.grpc.GrpcAddress;
import dev.phial.gateway.grpc.GrpcClient;
import dev.phial.gateway.tls.ClientTlsFiles;
import dev.phial.gateway.tls.TestCertificates;
import dev.phial.gateway.tls.TlsContexts;
import dev.phial.gateway.tls.TlsFiles;
import dev.phial.proto.v1.ProtectionServiceGrpc;
import dev.phial.proto.v1.TokenizeRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Both channels of the whole gateway with mTLS: the certificate is the caller. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsEndToEndTest {
  private static final Path CONFIG =
      Path.of(System.getProperty("phial.root", "..")).resolve("config/phial.yaml");
  private static final String BODY =
      "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Achterberg\"}]}";

  @SuppressWarnings("NullAway.Init")
  private RecordingUpstream upstream;

  @SuppressWarnings("NullAway.Init")
  private Gateway gateway;

  @SuppressWarnings("NullAway.Init")
  private TestCertificates certificates;

  @SuppressWarnings("NullAway.Init")
  private TlsContexts tls;

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    tls = new TlsContexts(FipsModule.start());
    upstream = new RecordingUpstream();
    certificates = TestCertificates.in(data);
    TlsFiles server = certificates.mtlsServer();
    GatewayConfig config = new ConfigLoader()
        .load(
            withCertificateCaller(data),
            Map.of(),
            List.of(
                "data_dir=" + data,
                "upstreams.ehr.url=http://127.0.0.1:" + upstream.port(),
                "listeners.http.address=127.0.0.1:0",
                "listeners.http.tls.certificate=" + server.certificate(),
                "listeners.http.tls.key=" + server.key(),
                "listeners.http.tls.client_ca=" + server.clientCa().orElseThrow(),
                "listeners.grpc.address=127.0.0.1:0",
                "listeners.grpc.tls.certificate=" + server.certificate(),
                "listeners.grpc.tls.key=" + server.key(),
                "listeners.grpc.tls.client_ca=" + server.clientCa().orElseThrow(),
                "listeners.admin.address=127.0.0.1:0",
                "listeners.management.address=127.0.0.1:0",
                "policy=" + CONFIG.resolveSibling("policy.yaml").toAbsolutePath()));
    gateway = Gateway.start(config);
  }

  /** The shipped configuration, in which a certificate stands for the application. */
  private static Path withCertificateCaller(Path data) throws IOException {
    String mtls =
        "  mtls: [{ subject: \"CN=intake\", caller: intake, tenant: default, roles: [application], purposes: [TREAT] }]\n";
    return Files.writeString(
        data.resolve("phial.yaml"),
        Files.readString(CONFIG).replace("\nauth:\n", "\nauth:\n" + mtls));
  }

  @AfterAll
  void stop() {
    gateway.close();
    upstream.close();
  }

  private StatusRuntimeException refused(ClientTlsFiles files) {
    try (GrpcClient client = client(files)) {
      return org.assertj.core.api.Assertions.catchThrowableOfType(
          StatusRuntimeException.class, () -> tokenize(client));
    }
  }

  private GrpcClient client(ClientTlsFiles files) {
    int port = ((InetSocketAddress) gateway.addresses().grpc()).getPort();
    return new GrpcClient(
        new GrpcAddress.Tcp("127.0.0.1", port), Optional.of(tls.grpcClient(files)));
  }

  private static String tokenize(GrpcClient client) {
    return ProtectionServiceGrpc.newBlockingStub(client.channel())
        .tokenize(TokenizeRequest.newBuilder()
            .setElement("ssn")
            .setValue("536-27-8841")
            .build())
        .getToken();
  }

  @Test
  void a_certificate_that_stands_for_a_caller_may_call_grpc() {
    try (GrpcClient client = client(certificates.client("CN=intake"))) {
      assertThat(tokenize(client)).matches("\\d{3}-\\d{2}-\\d{4}").isNotEqualTo("536-27-8841");
    }
  }

  @Test
  void a_certificate_that_stands_for_nobody_may_not() {
    assertThat(refused(certificates.client("CN=stranger")).getStatus().getCode())
        .isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(refused(certificates.client()).getStatus().getCode())
        .isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void a_certificate_that_stands_for_a_caller_may_send_records() throws IOException {
    assertThat(post(certificates.client("CN=intake"))).startsWith("HTTP/1.1 201 ");
    assertThat(upstream.everything()).contains("phial:v1:").doesNotContain("Achterberg");
  }

  @Test
  void a_certificate_that_stands_for_nobody_may_not_send_records() throws IOException {
    assertThat(post(certificates.client("CN=stranger"))).startsWith("HTTP/1.1 401 ");
  }

  @Test
  void plaintext_is_not_spoken_on_a_tls_listener() {
    int port = ((InetSocketAddress) gateway.addresses().http()).getPort();
    assertThatThrownBy(() -> {
          try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket
                .getOutputStream()
                .write("GET /fhir/metadata HTTP/1.1\r\nHost: x\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readAllBytes();
            assertThat(new String(answer, StandardCharsets.ISO_8859_1)).doesNotContain("HTTP/1.1");
            throw new IOException("closed without an answer");
          }
        })
        .isInstanceOf(IOException.class);
  }

  private String post(ClientTlsFiles files) throws IOException {
    SslContext context = tls.http1Client(files);
    SSLEngine engine = context.newEngine(ByteBufAllocator.DEFAULT, "127.0.0.1", 443);
    int port = ((InetSocketAddress) gateway.addresses().http()).getPort();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      BlockingTls connection =
          new BlockingTls(engine, socket.getInputStream(), socket.getOutputStream());
      connection.write(
          "POST /fhir/Patient HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/fhir+json\r\n"
              + "Content-Length: " + BODY.length() + "\r\n\r\n" + BODY);
      return connection.readSome();
    }
  }

  /** Just enough of TLS over streams to send one request and read the beginning of its answer. */
  private static final class BlockingTls {
    private final SSLEngine engine;
    private final InputStream in;
    private final OutputStream out;
    private final ByteBuffer received = ByteBuffer.allocate(1 << 17);

    BlockingTls(SSLEngine engine, InputStream in, OutputStream out) throws IOException {
      this.engine = engine;
      this.in = in;
      this.out = out;
      engine.setUseClientMode(true);
      engine.beginHandshake();
      handshake();
    }

    private void handshake() throws IOException {
      for (int step = 0; step < 200; step++) {
        switch (engine.getHandshakeStatus()) {
          case NEED_WRAP -> flush(ByteBuffer.allocate(0));
          case NEED_TASK -> runTasks();
          case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> unwrap(ByteBuffer.allocate(1 << 17));
          default -> {
            return;
          }
        }
      }
      throw new SSLException("the handshake does not end");
    }

    private void runTasks() {
      for (Runnable task = engine.getDelegatedTask();
          task != null;
          task = engine.getDelegatedTask()) {
        task.run();
      }
    }

    void write(String text) throws IOException {
      flush(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private void flush(ByteBuffer plain) throws IOException {
      do {
        ByteBuffer wire = ByteBuffer.allocate(engine.getSession().getPacketBufferSize() + 1024);
        engine.wrap(plain, wire);
        out.write(wire.array(), 0, wire.position());
      } while (plain.hasRemaining());
      out.flush();
    }

    String readSome() throws IOException {
      ByteBuffer plain = ByteBuffer.allocate(1 << 17);
      while (plain.position() == 0) {
        unwrap(plain);
        if (engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_TASK) {
          runTasks();
        }
      }
      return new String(plain.array(), 0, plain.position(), StandardCharsets.UTF_8);
    }

    private void unwrap(ByteBuffer plain) throws IOException {
      received.flip();
      SSLEngineResult result = engine.unwrap(received, plain);
      received.compact();
      if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
        byte[] chunk = new byte[8192];
        int read = in.read(chunk);
        if (read < 0) {
          throw new SSLException("closed by the peer");
        }
        received.put(chunk, 0, read);
      }
    }
  }
}
