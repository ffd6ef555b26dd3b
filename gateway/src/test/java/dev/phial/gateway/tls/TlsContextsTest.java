package dev.phial.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.gateway.tls.TestCertificates.Leaf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsContextsTest {
  private final TlsContexts tls = new TlsContexts(FipsModule.start());
  private final Path directory;
  private final TestCertificates certificates;

  TlsContextsTest(@TempDir Path directory) {
    this.directory = directory;
    this.certificates = TestCertificates.in(directory);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void http1_ends_meet_in_tls_1_3_and_1_2(String version) throws SSLException {
    SSLEngine client = client(tls.http1Client(certificates.client()), "localhost");
    client.setEnabledProtocols(new String[] {version});
    SSLEngine server = server(tls.http1Server(certificates.server()));

    handshake(client, server);

    assertThat(client.getSession().getProtocol()).isEqualTo(version);
    assertThat(client.getSession().getCipherSuite()).contains("GCM");
  }

  @Test
  void older_versions_are_off() throws SSLException {
    SSLEngine server = server(tls.http1Server(certificates.server()));

    assertThat(server.getEnabledProtocols()).containsExactlyInAnyOrder("TLSv1.3", "TLSv1.2");
    assertThat(Arrays.asList(server.getEnabledCipherSuites()))
        .isNotEmpty()
        .allMatch(suite -> suite.contains("_GCM_"))
        .allMatch(suite -> suite.startsWith("TLS_AES") || suite.startsWith("TLS_ECDHE"));
  }

  @Test
  void an_http1_client_checks_the_servers_name() {
    SSLEngine client = client(tls.http1Client(certificates.client()), "ehr.example");
    SSLEngine server = server(tls.http1Server(certificates.server()));

    assertThatThrownBy(() -> handshake(client, server)).isInstanceOf(SSLException.class);
  }

  @Test
  void mtls_shows_the_clients_certificate_to_the_server() throws SSLException {
    SSLEngine client = client(tls.http1Client(certificates.client("CN=ehr-app")), "localhost");
    SSLEngine server = server(tls.http1Server(certificates.mtlsServer()));

    handshake(client, server);

    assertThat(server.getSession().getPeerPrincipal().getName()).isEqualTo("CN=ehr-app");
  }

  @Test
  void mtls_refuses_a_client_without_a_certificate() {
    SSLEngine client = client(tls.http1Client(certificates.client()), "localhost");
    SSLEngine server = server(tls.http1Server(certificates.mtlsServer()));

    assertThatThrownBy(() -> handshake(client, server)).isInstanceOf(SSLException.class);
  }

  @Test
  void without_a_ca_the_jdks_authorities_are_trusted_and_not_ours() {
    SSLEngine client = client(
        tls.http1Client(new ClientTlsFiles(Optional.empty(), Optional.empty())), "localhost");
    SSLEngine server = server(tls.http1Server(certificates.server()));

    assertThatThrownBy(() -> handshake(client, server)).isInstanceOf(SSLException.class);
  }

  @Test
  void a_missing_file_is_named_with_its_setting() {
    Path missing = directory.resolve("missing.pem");
    TlsFiles good = certificates.server();

    assertThatThrownBy(() -> tls.http1Server(new TlsFiles(missing, good.key(), Optional.empty())))
        .isInstanceOf(TlsConfigurationException.class)
        .hasMessage("tls certificate (" + missing + "): there is no such file");
    assertThatThrownBy(
            () -> tls.http1Server(new TlsFiles(good.certificate(), missing, Optional.empty())))
        .hasMessageStartingWith("tls key (");
    assertThatThrownBy(() ->
            tls.http1Server(new TlsFiles(good.certificate(), good.key(), Optional.of(missing))))
        .hasMessageStartingWith("tls client_ca (");
  }

  @Test
  void a_key_of_another_certificate_is_told_at_once() {
    ClientTlsFiles.Identity other = certificates.issue("other", Leaf.of("CN=other"));

    assertThatThrownBy(() -> tls.grpcServer(
            new TlsFiles(certificates.server().certificate(), other.key(), Optional.empty())))
        .isInstanceOf(TlsConfigurationException.class)
        .hasMessageContaining("is not the key of the first certificate");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no pem at all",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\n%%%\n-----END PRIVATE KEY-----\n",
        "-----BEGIN CERTIFICATE-----\nMIIB"
      })
  void a_file_that_holds_something_else_is_named_and_not_quoted(String content) throws Exception {
    Path file = Files.writeString(directory.resolve("odd.pem"), content);
    TlsFiles good = certificates.server();

    assertThatThrownBy(() -> tls.http1Server(new TlsFiles(file, good.key(), Optional.empty())))
        .isInstanceOf(TlsConfigurationException.class)
        .hasMessageStartingWith("tls certificate (" + file + "): ");
    assertThatThrownBy(
            () -> tls.http1Server(new TlsFiles(good.certificate(), file, Optional.empty())))
        .isInstanceOf(TlsConfigurationException.class)
        .hasMessageStartingWith("tls key (" + file + "): ");
  }

  @Test
  void an_encrypted_key_is_refused_with_advice() throws Exception {
    Path file = Files.writeString(
        directory.resolve("encrypted.key"),
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAwwCgYIKoZIhvcNAQUEAA==\n-----END ENCRYPTED PRIVATE KEY-----\n");

    assertThatThrownBy(() -> tls.http1Server(
            new TlsFiles(certificates.server().certificate(), file, Optional.empty())))
        .isInstanceOf(TlsConfigurationException.class)
        .hasMessageStartingWith("tls key (");
  }

  private static SSLEngine client(SslContext context, String host) {
    return context.newEngine(UnpooledByteBufAllocator.DEFAULT, host, 443);
  }

  private static SSLEngine server(SslContext context) {
    return context.newEngine(UnpooledByteBufAllocator.DEFAULT);
  }

  /** Lets two engines talk in memory until both are done. */
  private static void handshake(SSLEngine client, SSLEngine server) throws SSLException {
    ByteBuffer toServer = ByteBuffer.allocate(1 << 17);
    ByteBuffer toClient = ByteBuffer.allocate(1 << 17);
    client.beginHandshake();
    server.beginHandshake();
    for (int i = 0; i < 100 && !(done(client) && done(server)); i++) {
      step(client, toClient, toServer);
      step(server, toServer, toClient);
    }
    assertThat(done(client) && done(server)).isTrue();
  }

  private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
    ByteBuffer nothing = ByteBuffer.allocate(1 << 17);
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
    if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
      engine.wrap(ByteBuffer.allocate(0), out);
    } else if (in.position() > 0) {
      in.flip();
      engine.unwrap(in, nothing);
      in.compact();
    }
  }

  private static boolean done(SSLEngine engine) {
    return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
  }
}
