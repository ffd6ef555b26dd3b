package dev.phial.gateway.auth;

import dev.phial.gateway.identity.Caller;
import java.util.Optional;

/**
 * A certificate, a token, or both. With both, both must prove a caller of the same tenant, and the token's caller counts: the
 * certificate is then the application, the token who it acts for.
 *
 * <p>Where certificates stand for no callers at all (none are configured) they only secure the connection, and the token
 * alone counts.
 */
public final class CompositeAuthenticator implements Authenticator {
  private final Optional<Authenticator> jwt;
  private final Optional<Authenticator> mtls;

  public CompositeAuthenticator(Optional<Authenticator> jwt, Optional<Authenticator> mtls) {
    this.jwt = jwt;
    this.mtls = mtls;
  }

  @Override
  public Caller authenticate(Credentials credentials) {
    boolean token = credentials.bearerToken().isPresent();
    boolean certificate = mtls.isPresent() && !credentials.peerCertificates().isEmpty();
    if (token && jwt.isEmpty()) {
      // Never ignored: whoever sends one means to be that caller and no other.
      throw new AuthenticationException(
          "bearer tokens are not taken here (auth jwt is not configured)");
    }
    if (token && certificate) {
      return agreed(of(jwt, credentials), of(mtls, credentials));
    }
    if (token) {
      return of(jwt, credentials);
    }
    if (certificate) {
      return of(mtls, credentials);
    }
    throw new AuthenticationException(
        "no credentials: send a bearer token or use a client certificate that stands for a caller");
  }

  private static Caller agreed(Caller byToken, Caller byCertificate) {
    if (!byToken.tenant().equals(byCertificate.tenant())) {
      throw new AuthenticationException(
          "the token and the client certificate name different tenants");
    }
    return byToken;
  }

  private static Caller of(Optional<Authenticator> method, Credentials credentials) {
    return method.orElseThrow().authenticate(credentials);
  }
}
