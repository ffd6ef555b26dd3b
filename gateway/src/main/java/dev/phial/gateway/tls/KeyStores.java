package dev.phial.gateway.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/** Key and trust managers of the FIPS TLS provider. The key stores behind them live in memory only. */
final class KeyStores {
  private static final String PKIX = "PKIX";
  // Protects nothing: the store never leaves memory. The module asks for one of at least 112 bits.
  private static final char[] IN_MEMORY = "in-memory-only-store".toCharArray();

  private final Provider fips;
  private final Provider jsse;

  KeyStores(Provider fips, Provider jsse) {
    this.fips = fips;
    this.jsse = jsse;
  }

  KeyManagerFactory identity(PrivateKey key, List<X509Certificate> chain)
      throws GeneralSecurityException, IOException {
    KeyStore store = empty();
    store.setKeyEntry("identity", key, IN_MEMORY, chain.toArray(new X509Certificate[0]));
    KeyManagerFactory factory = KeyManagerFactory.getInstance(PKIX, jsse);
    factory.init(store, IN_MEMORY);
    return factory;
  }

  TrustManagerFactory trusting(List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    KeyStore store = empty();
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry("authority-" + i, authorities.get(i));
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance(PKIX, jsse);
    factory.init(store);
    return factory;
  }

  private KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("BCFKS", fips);
    store.load(null, null);
    return store;
  }
}
