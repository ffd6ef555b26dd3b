package dev.phial.gateway.tls;

import dev.phial.crypto.fips.FipsModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority for tests: makes certificates as PEM files in a directory of the test's own. P-256 throughout. */
public final class TestCertificates {
  private final Path directory;
  private final Provider provider;
  private final X500Principal issuer;
  private final KeyPair authority;
  private final Path ca;

  private TestCertificates(Path directory, String name) {
    this.directory = directory;
    this.provider = FipsModule.start().provider();
    this.issuer = new X500Principal("CN=" + name);
    this.authority = keyPair();
    Leaf self = Leaf.of("CN=" + name);
    this.ca = write(name + "-ca.pem", sign(issuer, self, authority, true));
  }

  /** A new authority whose files go to {@code directory}. */
  public static TestCertificates in(Path directory) {
    return new TestCertificates(directory, "phial-test");
  }

  /** A new authority of that name; with another name's it shares nothing. */
  public static TestCertificates in(Path directory, String name) {
    return new TestCertificates(directory, name);
  }

  /**
   * What a certificate says.
   *
   * @param usage serverAuth or clientAuth; empty for none
   */
  public record Leaf(
      String subject,
      List<String> dns,
      List<String> uris,
      Instant notBefore,
      Instant notAfter,
      Optional<KeyPurposeId> usage) {

    public static Leaf of(String subject) {
      Instant now = Clock.systemUTC().instant();
      return new Leaf(
          subject,
          List.of(),
          List.of(),
          now.minus(Duration.ofDays(2)),
          now.plus(Duration.ofDays(2)),
          Optional.empty());
    }

    public Leaf dns(String... names) {
      return new Leaf(subject, List.of(names), uris, notBefore, notAfter, usage);
    }

    public Leaf uri(String... names) {
      return new Leaf(subject, dns, List.of(names), notBefore, notAfter, usage);
    }

    public Leaf validUntil(Instant end) {
      return new Leaf(subject, dns, uris, notBefore, end, usage);
    }

    public Leaf validFrom(Instant start) {
      return new Leaf(subject, dns, uris, start, notAfter, usage);
    }

    public Leaf usage(KeyPurposeId purpose) {
      return new Leaf(subject, dns, uris, notBefore, notAfter, Optional.of(purpose));
    }

    public Leaf expired() {
      return validUntil(notBefore.plus(Duration.ofDays(1)));
    }
  }

  /** The authority's certificate. */
  public Path ca() {
    return ca;
  }

  /** Files of a server for {@code localhost} and 127.0.0.1 that asks clients for nothing. */
  public TlsFiles server() {
    return server(Optional.empty());
  }

  /** Files of a server that wants client certificates of this authority. */
  public TlsFiles mtlsServer() {
    return server(Optional.of(ca));
  }

  private TlsFiles server(Optional<Path> clientCa) {
    ClientTlsFiles.Identity files = issue(
        "server",
        Leaf.of("CN=server").dns("localhost", "127.0.0.1").usage(KeyPurposeId.id_kp_serverAuth));
    return new TlsFiles(files.certificate(), files.key(), clientCa);
  }

  /** Files of a client that trusts this authority and shows nothing. */
  public ClientTlsFiles client() {
    return new ClientTlsFiles(Optional.of(ca), Optional.empty());
  }

  /** Files of a client that trusts this authority and shows a certificate of it. */
  public ClientTlsFiles client(String subject) {
    return client(Leaf.of(subject).usage(KeyPurposeId.id_kp_clientAuth));
  }

  public ClientTlsFiles client(Leaf leaf) {
    return new ClientTlsFiles(Optional.of(ca), Optional.of(issue("client", leaf)));
  }

  /** A certificate and its key as files. */
  public ClientTlsFiles.Identity issue(String name, Leaf leaf) {
    KeyPair pair = keyPair();
    X509Certificate certificate = certificate(leaf, pair);
    String unique = name + "-" + certificate.getSerialNumber().toString(36);
    return new ClientTlsFiles.Identity(
        write(unique + ".pem", certificate), write(unique + ".key", pair.getPrivate()));
  }

  /** A certificate, in memory. */
  public X509Certificate certificate(Leaf leaf) {
    return certificate(leaf, keyPair());
  }

  private X509Certificate certificate(Leaf leaf, KeyPair pair) {
    return sign(new X500Principal(leaf.subject()), leaf, pair, false);
  }

  private X509Certificate sign(X500Principal subject, Leaf leaf, KeyPair pair, boolean isCa) {
    byte[] serial = new byte[12];
    FipsModule.start().random().nextBytes(serial);
    try {
      JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
          issuer,
          new BigInteger(1, serial),
          Date.from(leaf.notBefore()),
          Date.from(leaf.notAfter()),
          subject,
          pair.getPublic());
      extensions(builder, leaf, isCa);
      return new JcaX509CertificateConverter()
          .setProvider(provider)
          .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA")
              .setProvider(provider)
              .build(authority.getPrivate())));
    } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
      throw new IllegalStateException("a test certificate could not be made", e);
    }
  }

  private static void extensions(JcaX509v3CertificateBuilder builder, Leaf leaf, boolean isCa)
      throws CertIOException {
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isCa));
    List<GeneralName> names = new ArrayList<>();
    leaf.dns()
        .forEach(name -> names.add(new GeneralName(
            name.matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName, name)));
    leaf.uris()
        .forEach(name -> names.add(new GeneralName(GeneralName.uniformResourceIdentifier, name)));
    if (!names.isEmpty()) {
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(names.toArray(new GeneralName[0])));
    }
    if (leaf.usage().isPresent()) {
      builder.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(leaf.usage().get()));
    }
  }

  private KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
      generator.initialize(new ECGenParameterSpec("P-256"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a test key could not be made", e);
    }
  }

  private Path write(String name, Object pem) {
    Path file = directory.resolve(name);
    try (Writer out = Files.newBufferedWriter(file);
        JcaPEMWriter writer = new JcaPEMWriter(out)) {
      writer.writeObject(
          pem instanceof PrivateKey key ? PrivateKeyInfo.getInstance(key.getEncoded()) : pem);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }
}
