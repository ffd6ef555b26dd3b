package dev.phial.kms;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS of an adapter's connections, from PEM files: whom it trusts, and who it is. The protocol is the JDK's; its ciphers come
 * from the first provider that has them, which in the gateway is the approved module.
 */
public final class ClientTls {
  private static final char[] NO_PASSWORD = new char[0];

  private ClientTls() {}

  /**
   * Reads three settings that name files, none of which has to be there.
   *
   * @param ca certificates to trust instead of those of the JDK
   * @param certificate of the client, the chain, leaf first
   * @param key its private key, which only its owner may read
   *
   * @throws IllegalArgumentException when a file is missing or is not what it should be
   */
  public static SSLContext of(KmsSettings settings, String ca, String certificate, String key) {
    if (settings.text(certificate).isPresent() != settings.text(key).isPresent()) {
      throw settings.problem(certificate, "and '" + key + "' go together");
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(identity(settings, certificate, key), trust(settings, ca), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "kms '" + settings.name() + "': the TLS files do not fit together", e);
    }
  }

  /**
   * TLS 1.2 and 1.3 with forward secrecy only. Of the old RSA key exchange the approved module throws an {@link Error}, when a
   * server chooses it.
   */
  public static SSLParameters parameters(SSLContext context) {
    SSLParameters parameters = context.getDefaultSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    parameters.setCipherSuites(Stream.of(parameters.getCipherSuites())
        .filter(suite -> suite.startsWith("TLS_AES_") || suite.startsWith("TLS_ECDHE_"))
        .filter(suite -> suite.contains("_GCM_"))
        .toArray(String[]::new));
    return parameters;
  }

  private static TrustManager @Nullable [] trust(KmsSettings settings, String ca)
      throws GeneralSecurityException {
    Optional<String> file = settings.text(ca);
    if (file.isEmpty()) {
      return null;
    }
    KeyStore store = empty();
    int number = 0;
    for (Certificate trusted : certificates(settings, ca)) {
      store.setCertificateEntry("ca-" + number++, trusted);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyManager @Nullable [] identity(
      KmsSettings settings, String certificate, String key) throws GeneralSecurityException {
    if (settings.text(certificate).isEmpty()) {
      return null;
    }
    Certificate[] chain = certificates(settings, certificate).toArray(new Certificate[0]);
    KeyStore store = empty();
    store.setKeyEntry(
        "client",
        privateKey(settings, key, chain[0].getPublicKey().getAlgorithm()),
        NO_PASSWORD,
        chain);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static Collection<? extends Certificate> certificates(
      KmsSettings settings, String setting) {
    try {
      Collection<? extends Certificate> found = CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(read(settings, setting)));
      if (!found.isEmpty()) {
        return found;
      }
    } catch (GeneralSecurityException e) {
      throw settings.problem(setting, "names a file that holds no certificates in PEM");
    }
    throw settings.problem(setting, "names a file that holds no certificates in PEM");
  }

  private static PrivateKey privateKey(KmsSettings settings, String setting, String algorithm)
      throws GeneralSecurityException {
    byte[] pem = read(settings, setting);
    try {
      OwnerOnlyFile.check(settings.path(setting, ""));
      String text = new String(pem, StandardCharsets.US_ASCII);
      String base64 = text.replaceAll("-----(BEGIN|END) PRIVATE KEY-----|\\s", "");
      byte[] encoded = Base64.getDecoder().decode(base64);
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      throw settings.problem(
          setting,
          "names a file that is not the certificate's private key in PEM, PKCS#8 without a passphrase");
    } catch (IOException e) {
      throw settings.problem(setting, "names a file that cannot be read");
    } finally {
      Arrays.fill(pem, (byte) 0);
    }
  }

  private static byte[] read(KmsSettings settings, String setting) {
    Path file = settings.path(setting, "");
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw settings.problem(setting, "names a file that cannot be read: " + file);
    }
  }

  private static KeyStore empty() throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, NO_PASSWORD);
    } catch (IOException e) {
      throw new GeneralSecurityException("an empty store cannot be made", e);
    }
    return store;
  }
}
