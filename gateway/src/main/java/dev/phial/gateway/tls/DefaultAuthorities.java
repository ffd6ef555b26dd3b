package dev.phial.gateway.tls;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The certificate authorities that the JDK trusts: {@code lib/security/cacerts}. They are public; nothing secret is read. */
final class DefaultAuthorities {
  private DefaultAuthorities() {}

  static List<X509Certificate> load() throws GeneralSecurityException, IOException {
    Path file = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
    KeyStore store = KeyStore.getInstance(new File(file.toString()), (char[]) null);
    List<X509Certificate> authorities = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      Certificate certificate = store.getCertificate(alias);
      if (certificate instanceof X509Certificate x509) {
        authorities.add(x509);
      }
    }
    return authorities;
  }
}
