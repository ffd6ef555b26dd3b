package dev.phial.gateway.auth;

import dev.phial.gateway.identity.Caller;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Knows callers by the leaf of a client certificate chain that TLS has verified. Its validity is looked at again with every call,
 * because a connection can outlive it.
 */
public final class MtlsAuthenticator implements Authenticator {
  private final Map<CertificateName, CertificateCaller> callers;
  private final Set<CertificateName> others;
  private final InstantSource clock;

  /**
   * @param callers whom certificates stand for
   * @throws IllegalArgumentException when two entries have one name
   */
  public MtlsAuthenticator(List<CertificateCaller> callers, InstantSource clock) {
    this(callers, Set.of(), clock);
  }

  /**
   * @param callers whom certificates stand for
   * @param others names that a certificate must not bear: those that count where the trust is another
   * @throws IllegalArgumentException when two entries have one name
   */
  public MtlsAuthenticator(
      List<CertificateCaller> callers, Set<CertificateName> others, InstantSource clock) {
    this.others = Set.copyOf(others);
    this.callers = new HashMap<>();
    for (CertificateCaller caller : callers) {
      if (this.callers.put(caller.certificate(), caller) != null) {
        throw new IllegalArgumentException(
            "auth mtls: two entries have the certificate name " + caller.certificate());
      }
    }
    this.clock = clock;
  }

  @Override
  public Caller authenticate(Credentials credentials) {
    if (credentials.peerCertificates().isEmpty()) {
      throw new AuthenticationException("no client certificate was shown");
    }
    X509Certificate leaf = credentials.peerCertificates().get(0);
    requireValid(leaf);
    return caller(leaf);
  }

  private Caller caller(X509Certificate leaf) {
    List<CertificateName> names = CertificateNames.of(leaf);
    if (names.stream().anyMatch(others::contains)) {
      throw new AuthenticationException(
          "the client certificate stands for a caller on the other side of data and administration; use one for each");
    }
    Set<CertificateCaller> matches =
        names.stream().map(callers::get).filter(Objects::nonNull).collect(Collectors.toSet());
    if (matches.size() != 1) {
      throw new AuthenticationException(
          matches.isEmpty()
              ? "the client certificate stands for no caller (auth mtls)"
              : "the client certificate stands for several callers (auth mtls)");
    }
    CertificateCaller match = matches.iterator().next();
    return new Caller(
        match.subject(), match.tenant(), match.roles(), match.purposes(), Caller.Method.MTLS);
  }

  private void requireValid(X509Certificate leaf) {
    try {
      leaf.checkValidity(Date.from(clock.instant()));
    } catch (CertificateExpiredException | CertificateNotYetValidException e) {
      throw new AuthenticationException("the client certificate is not valid at this time");
    }
  }
}
