package dev.phial.gateway.grpc;

import dev.phial.gateway.auth.AuthenticationException;
import dev.phial.gateway.auth.Credentials;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Metadata;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Reads what a peer showed of itself out of a call's metadata and its connection. */
final class PeerCredentials {
  static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final String BEARER = "Bearer ";

  private PeerCredentials() {}

  static Credentials of(Metadata headers, Attributes connection) {
    return new Credentials(
        single(headers, AUTHORIZATION).map(PeerCredentials::bearer), certificates(connection));
  }

  /** The only value of a key. Several could be read differently by whoever stands in between. */
  static Optional<String> single(Metadata headers, Metadata.Key<String> key) {
    Iterable<String> all = headers.getAll(key);
    if (all == null) {
      return Optional.empty();
    }
    Iterator<String> values = all.iterator();
    String value = values.next();
    if (values.hasNext()) {
      throw new AuthenticationException("the metadata " + key.name() + " was sent more than once");
    }
    return Optional.of(value);
  }

  /** RFC 6750, section 2.1; the scheme's case does not matter (RFC 9110, section 11.1). */
  private static String bearer(String authorization) {
    if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw new AuthenticationException("the metadata authorization must be: Bearer <token>");
    }
    return authorization.substring(BEARER.length());
  }

  private static List<X509Certificate> certificates(Attributes connection) {
    SSLSession session = connection.get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
    if (session == null) {
      return List.of();
    }
    List<X509Certificate> chain = new ArrayList<>();
    try {
      for (Certificate certificate : session.getPeerCertificates()) {
        chain.add((X509Certificate) certificate);
      }
      return chain;
    } catch (SSLPeerUnverifiedException e) {
      return List.of();
    }
  }
}
