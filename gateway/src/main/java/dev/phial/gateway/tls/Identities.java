package dev.phial.gateway.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/** Key and trust managers out of PEM files, each file's problems reported under its setting. */
final class Identities {
  private final Provider fips;
  private final PemReader pem;
  private final KeyStores stores;

  Identities(Provider fips, Provider jsse) {
    this.fips = fips;
    this.pem = new PemReader(fips);
    this.stores = new KeyStores(fips, jsse);
  }

  KeyManagerFactory identity(Path certificate, Path key) {
    List<X509Certificate> chain = pem.certificates(new PemFile("certificate", certificate));
    PemFile keyFile = new PemFile("key", key);
    PrivateKey privateKey = pem.privateKey(keyFile);
    try {
      if (!KeyPairs.match(privateKey, chain.get(0).getPublicKey(), fips)) {
        throw TlsConfigurationException.of(
            keyFile, "is not the key of the first certificate in " + certificate, null);
      }
      return stores.identity(privateKey, chain);
    } catch (GeneralSecurityException | IOException | AssertionError e) {
      throw TlsConfigurationException.of(
          keyFile,
          "cannot be used with " + certificate + "; use P-256, P-384 or RSA of 2048 bits",
          e);
    }
  }

  TrustManagerFactory authorities(String setting, Path file) {
    PemFile pemFile = new PemFile(setting, file);
    try {
      return stores.trusting(pem.certificates(pemFile));
    } catch (GeneralSecurityException | IOException | AssertionError e) {
      throw TlsConfigurationException.of(pemFile, "cannot be used as certificate authorities", e);
    }
  }

  TrustManagerFactory defaultAuthorities() {
    try {
      return stores.trusting(DefaultAuthorities.load());
    } catch (GeneralSecurityException | IOException | AssertionError e) {
      throw new TlsConfigurationException(
          "the JDK's certificate authorities cannot be read; name those to trust in tls ca", e);
    }
  }
}
