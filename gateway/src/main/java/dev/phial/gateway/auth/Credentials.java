package dev.phial.gateway.auth;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What a peer showed of itself.
 *
 * @param bearerToken the JWT of an {@code Authorization: Bearer} header, without the scheme
 * @param peerCertificates the verified client certificate chain of the TLS session, leaf first; empty without mTLS
 */
public record Credentials(Optional<String> bearerToken, List<X509Certificate> peerCertificates) {
  public Credentials {
    peerCertificates = List.copyOf(peerCertificates);
  }

  @Override
  public String toString() {
    return "Credentials[token=" + bearerToken.isPresent() + ", certificates="
        + peerCertificates.size() + "]";
  }
}
