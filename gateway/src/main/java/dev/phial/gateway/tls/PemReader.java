package dev.phial.gateway.tls;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/** Reads certificates and private keys out of PEM files (RFC 7468) through the FIPS provider. */
final class PemReader {
  private final Provider provider;

  PemReader(Provider provider) {
    this.provider = provider;
  }

  /** All certificates of a file, in its order; at least one. */
  List<X509Certificate> certificates(PemFile file) {
    JcaX509CertificateConverter converter = new JcaX509CertificateConverter().setProvider(provider);
    List<X509Certificate> certificates = new ArrayList<>();
    for (Object object : objects(file)) {
      if (object instanceof X509CertificateHolder holder) {
        try {
          certificates.add(converter.getCertificate(holder));
        } catch (CertificateException e) {
          throw TlsConfigurationException.of(file, "holds a certificate that cannot be read", e);
        }
      }
    }
    if (certificates.isEmpty()) {
      throw TlsConfigurationException.of(
          file,
          "holds no certificate; a PEM file with -----BEGIN CERTIFICATE----- is needed",
          null);
    }
    return certificates;
  }

  /** The one private key of a file. */
  PrivateKey privateKey(PemFile file) {
    List<Object> objects = objects(file);
    if (objects.stream().anyMatch(PemReader::isEncrypted)) {
      throw TlsConfigurationException.of(
          file,
          "the private key is encrypted; give the plain key in a file that only its owner can read",
          null);
    }
    List<PrivateKeyInfo> keys =
        objects.stream().map(PemReader::keyInfo).flatMap(List::stream).toList();
    if (keys.size() != 1) {
      throw TlsConfigurationException.of(
          file, "holds " + keys.size() + " private keys; exactly one is needed", null);
    }
    try {
      return new JcaPEMKeyConverter().setProvider(provider).getPrivateKey(keys.get(0));
    } catch (PEMException | AssertionError e) {
      // The module throws an Error for keys it does not approve of, such as RSA below 2048 bits.
      throw TlsConfigurationException.of(
          file,
          "the private key is of a kind or size that is not approved; use P-256 or RSA 2048",
          e);
    }
  }

  private static boolean isEncrypted(Object object) {
    return object instanceof PEMEncryptedKeyPair || object instanceof PKCS8EncryptedPrivateKeyInfo;
  }

  private static List<PrivateKeyInfo> keyInfo(Object object) {
    if (object instanceof PEMKeyPair pair) {
      return List.of(pair.getPrivateKeyInfo());
    }
    return object instanceof PrivateKeyInfo info ? List.of(info) : List.of();
  }

  private static List<Object> objects(PemFile file) {
    List<Object> objects = new ArrayList<>();
    try (Reader reader = Files.newBufferedReader(file.path());
        PEMParser parser = new PEMParser(reader)) {
      for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
        objects.add(next);
      }
    } catch (NoSuchFileException e) {
      throw TlsConfigurationException.of(file, "there is no such file", null);
    } catch (IOException | RuntimeException | AssertionError e) {
      throw TlsConfigurationException.of(file, "cannot be read as PEM", e);
    }
    return objects;
  }
}
