package dev.phial.gateway.grpc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.gateway.auth.Authenticator;
import dev.phial.gateway.auth.CertificateCaller;
import dev.phial.gateway.auth.CertificateName;
import dev.phial.gateway.auth.MtlsAuthenticator;
import dev.phial.gateway.tls.ClientTlsFiles;
import dev.phial.gateway.tls.TestCertificates;
import dev.phial.gateway.tls.TestCertificates.Leaf;
import dev.phial.gateway.tls.TlsContexts;
import dev.phial.gateway.tls.TlsFiles;
import dev.phial.proto.v1.TokenizeRequest;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** T46 as far as it concerns connections. */
class TlsConnectionTest {
  private static final TokenizeRequest GOOD =
      TokenizeRequest.newBuilder().setElement("ssn").setValue("536-27-8841").build();
  private static final String BILLING = "CN=billing,O=Example Clinic";

  // Loopback, but not by its name: the server must treat it as reachable from elsewhere.
  private static final GrpcAddress NOT_LOCAL = new GrpcAddress.Tcp("127.1", 0);

  private final TlsContexts tls = new TlsContexts(FipsModule.start());
  private final Authenticator byCertificate = new MtlsAuthenticator(
      List.of(new CertificateCaller(
          CertificateName.parse(BILLING),
          "billing",
          "north",
          Set.of("clinician"),
          Set.of("TREAT"))),
      Clock.systemUTC());

  private final Path directory;
  private final TestCertificates certificates;

  TlsConnectionTest(@TempDir Path directory) {
    this.directory = directory;
    this.certificates = TestCertificates.in(directory);
  }

  private TestServer mtls(ClientTlsFiles client) {
    return TestServer.tls(
        TestServer.LOOPBACK,
        tls.grpcServer(certificates.mtlsServer()),
        tls.grpcClient(client),
        byCertificate);
  }

  @Test
  void a_client_certificate_that_stands_for_a_caller_is_one() {
    try (TestServer server = mtls(certificates.client(BILLING))) {
      assertThat(server.anonymous().tokenize(GOOD).getToken()).startsWith("north/ssn/");
      assertThat(server.engine.calls.element().caller().subject()).isEqualTo("billing");
    }
  }

  @Test
  void a_client_certificate_that_stands_for_nobody_is_unauthenticated() {
    try (TestServer server = mtls(certificates.client("CN=billing"))) {
      assertThat(Failure.of(() -> server.anonymous().tokenize(GOOD)).code())
          .isEqualTo(Status.Code.UNAUTHENTICATED);
    }
  }

  @Test
  void a_client_without_a_certificate_gets_no_connection() {
    refused(certificates.client());
  }

  @Test
  void an_expired_client_certificate_gets_no_connection() {
    refused(certificates.client(
        Leaf.of(BILLING).usage(KeyPurposeId.id_kp_clientAuth).expired()));
  }

  @Test
  void a_certificate_for_servers_does_not_serve_a_client() {
    refused(certificates.client(Leaf.of(BILLING).usage(KeyPurposeId.id_kp_serverAuth)));
  }

  @Test
  void a_certificate_of_another_authority_gets_no_connection_even_under_the_same_name() {
    TestCertificates other = TestCertificates.in(directory, "phial-test-two");
    TestCertificates twin = TestCertificates.in(directory, "phial-test");
    Optional<Path> serverCa = Optional.of(certificates.ca());
    refused(new ClientTlsFiles(serverCa, other.client(BILLING).identity()));
    refused(new ClientTlsFiles(serverCa, twin.client(BILLING).identity()));
  }

  private void refused(ClientTlsFiles client) {
    refusedBy(certificates.mtlsServer(), client);
  }

  private void refusedBy(TlsFiles files, ClientTlsFiles client) {
    try (TestServer server = TestServer.tls(
        TestServer.LOOPBACK, tls.grpcServer(files), tls.grpcClient(client), byCertificate)) {
      assertThat(Failure.of(() -> server.anonymous().tokenize(GOOD)).code())
          .isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(server.engine.calls).isEmpty();
    }
  }

  @Test
  void a_client_does_not_speak_to_a_server_of_another_authority_or_name() {
    TestCertificates other = TestCertificates.in(directory, "elsewhere");
    refusedBy(certificates.server(), other.client());
    ClientTlsFiles.Identity wrongName =
        certificates.issue("wrong", Leaf.of("CN=localhost").dns("gateway.example"));
    refusedBy(
        new TlsFiles(wrongName.certificate(), wrongName.key(), Optional.empty()),
        certificates.client());
  }

  @Test
  void a_token_over_tls_without_client_certificates_is_taken() {
    try (TestServer server = TestServer.tls(
        TestServer.LOOPBACK,
        tls.grpcServer(certificates.server()),
        tls.grpcClient(certificates.client()),
        new TokenTable())) {
      assertThat(server.as("clinician").tokenize(GOOD).getToken()).startsWith("north/ssn/");
    }
  }

  @Test
  void reflection_asks_for_a_caller_where_another_machine_could_reach_it() {
    try (TestServer server = TestServer.tls(
        NOT_LOCAL,
        tls.grpcServer(certificates.server()),
        tls.grpcClient(certificates.client()),
        new TokenTable())) {
      assertThatThrownBy(() -> AccessTest.listed(server.channel()).get(10, SECONDS))
          .hasMessageContaining("UNAUTHENTICATED");
    }
  }
}
