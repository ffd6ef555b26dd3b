package dev.phial.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.gateway.identity.Caller;
import dev.phial.gateway.tls.TestCertificates;
import dev.phial.gateway.tls.TestCertificates.Leaf;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {
  private static final TestIssuer ISSUER = TestIssuer.ec(Curve.P_256, "key-1");

  private final TestCertificates certificates;
  private final MtlsAuthenticator mtls = new MtlsAuthenticator(
      List.of(
          caller("CN=ehr-app,O=Example Clinic", "ehr", "north"),
          caller("dns:lab.example", "lab", "north"),
          caller("uri:spiffe://example/billing", "billing", "south")),
      Clock.systemUTC());
  private final JwtAuthenticator jwt = new JwtAuthenticator(
      List.of(ISSUER.trust()),
      JwtLimits.DEFAULTS,
      FipsModule.start().provider(),
      () -> TestIssuer.NOW);
  private final Authenticator both =
      new CompositeAuthenticator(Optional.of(jwt), Optional.of(mtls));

  CertificatesTest(@TempDir Path directory) {
    this.certificates = TestCertificates.in(directory);
  }

  private static CertificateCaller caller(String certificate, String subject, String tenant) {
    return new CertificateCaller(
        CertificateName.parse(certificate),
        subject,
        tenant,
        Set.of("application"),
        Set.of("TREAT"));
  }

  private Credentials showing(Leaf leaf) {
    return new Credentials(Optional.empty(), List.of(certificates.certificate(leaf)));
  }

  private void refused(Authenticator authenticator, Credentials credentials, String reason) {
    assertThatThrownBy(() -> authenticator.authenticate(credentials))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void a_certificate_is_known_by_subject_dns_name_or_uri() {
    assertThat(mtls.authenticate(showing(Leaf.of("CN=ehr-app, O=Example Clinic"))))
        .isEqualTo(
            new Caller("ehr", "north", Set.of("application"), Set.of("TREAT"), Caller.Method.MTLS));
    assertThat(mtls.authenticate(showing(Leaf.of("CN=x").dns("LAB.example"))).subject())
        .isEqualTo("lab");
    assertThat(mtls.authenticate(showing(Leaf.of("CN=x").uri("spiffe://example/billing")))
            .tenant())
        .isEqualTo("south");
  }

  @Test
  void a_name_that_only_looks_alike_is_nobody() {
    for (Leaf leaf : List.of(
        Leaf.of("CN=ehr-app"),
        Leaf.of("O=Example Clinic,CN=ehr-app"),
        Leaf.of("CN=EHR-APP,O=Example Clinic"),
        Leaf.of("CN=ehr-app+O=Example Clinic"),
        Leaf.of("CN=ehr-app\\,O\\=Example Clinic"),
        Leaf.of("CN=lab.example"),
        Leaf.of("CN=x").dns("*.example"),
        Leaf.of("CN=x").dns("lab.example.evil.example"),
        Leaf.of("CN=x").uri("spiffe://example/billing/"))) {
      refused(mtls, showing(leaf), "no caller");
    }
  }

  @Test
  void a_certificate_that_stands_for_two_callers_is_refused() {
    refused(
        mtls,
        showing(Leaf.of("CN=x").dns("lab.example").uri("spiffe://example/billing")),
        "several");
  }

  @Test
  void a_certificate_one_name_of_which_counts_elsewhere_is_refused() {
    MtlsAuthenticator separate = new MtlsAuthenticator(
        List.of(caller("CN=ehr-app,O=Example Clinic", "ehr", "north")),
        Set.of(CertificateName.parse("uri:spiffe://example/officer")),
        Clock.systemUTC());

    assertThat(separate
            .authenticate(showing(Leaf.of("CN=ehr-app,O=Example Clinic")))
            .subject())
        .isEqualTo("ehr");
    refused(
        separate,
        showing(Leaf.of("CN=ehr-app,O=Example Clinic").uri("spiffe://example/officer")),
        "on the other side");
  }

  @Test
  void a_certificate_that_expired_while_its_connection_lives_is_refused() {
    X509Certificate leaf = certificates.certificate(Leaf.of("CN=ehr-app,O=Example Clinic"));
    MtlsAuthenticator later = new MtlsAuthenticator(
        List.of(caller("CN=ehr-app,O=Example Clinic", "ehr", "north")),
        () -> leaf.getNotAfter().toInstant().plus(Duration.ofSeconds(1)));

    refused(later, new Credentials(Optional.empty(), List.of(leaf)), "not valid at this time");
  }

  @Test
  void nothing_shown_is_refused() {
    Credentials nothing = new Credentials(Optional.empty(), List.of());
    refused(both, nothing, "no credentials");
    refused(mtls, nothing, "no client certificate");
    refused(jwt, nothing, "no bearer token");
    refused(
        new CompositeAuthenticator(Optional.empty(), Optional.empty()), nothing, "no credentials");
  }

  @Test
  void a_token_beside_a_certificate_of_its_tenant_is_the_tokens_caller() {
    Credentials credentials = new Credentials(
        Optional.of(ISSUER.sign(TestIssuer.claims())),
        showing(Leaf.of("CN=ehr-app,O=Example Clinic")).peerCertificates());

    assertThat(both.authenticate(credentials).subject()).isEqualTo("dr-achterberg");
  }

  @Test
  void a_token_and_a_certificate_of_different_tenants_are_refused() {
    Credentials credentials = new Credentials(
        Optional.of(ISSUER.sign(TestIssuer.claims())),
        showing(Leaf.of("CN=x").uri("spiffe://example/billing")).peerCertificates());

    refused(both, credentials, "different tenants");
  }

  @Test
  void neither_makes_up_for_a_bad_other() {
    List<X509Certificate> good = showing(Leaf.of("CN=ehr-app,O=Example Clinic")).peerCertificates();
    List<X509Certificate> unknown = showing(Leaf.of("CN=nobody")).peerCertificates();
    String token = ISSUER.sign(TestIssuer.claims());

    refused(both, new Credentials(Optional.of("bad"), good), "token");
    refused(both, new Credentials(Optional.of(token), unknown), "no caller");
    refused(
        new CompositeAuthenticator(Optional.empty(), Optional.of(mtls)),
        new Credentials(Optional.of(token), good),
        "not taken here");
  }

  @Test
  void certificates_only_secure_the_connection_where_they_stand_for_no_callers() {
    Authenticator tokens = new CompositeAuthenticator(Optional.of(jwt), Optional.empty());
    List<X509Certificate> any = showing(Leaf.of("CN=anybody")).peerCertificates();

    assertThat(tokens
            .authenticate(new Credentials(Optional.of(ISSUER.sign(TestIssuer.claims())), any))
            .tenant())
        .isEqualTo("north");
    refused(tokens, new Credentials(Optional.empty(), any), "no credentials");
  }
}
