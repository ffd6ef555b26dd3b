package dev.phial.gateway.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How callers prove who they are. With nothing configured nobody can, and every call is refused.
 *
 * @param jwt the issuers whose tokens are taken
 * @param localIssuer an issuer of this gateway's own, for one machine
 * @param mtls client certificates and whom they stand for
 */
public record Auth(
    List<JwtIssuer> jwt, Optional<LocalIssuer> localIssuer, List<CertificateCaller> mtls) {

  /**
   * An issuer of JWTs.
   *
   * @param issuer what {@code iss} must be
   * @param audience what {@code aud} must contain
   * @param jwksFile its public keys, a JWK set
   */
  public record JwtIssuer(String issuer, String audience, Path jwksFile) {}

  /**
   * An issuer whose signing key lies in a file here, so that {@code phial} commands can make tokens.
   *
   * @param file the key's file
   * @param create whether to make it at the first start
   */
  public record LocalIssuer(Path file, boolean create) {}

  /**
   * A client certificate and whom it stands for.
   *
   * @param subject the certificate's subject, as RFC 2253 writes it
   * @param caller the caller's name in audit
   * @param tenant whose keys the caller works with
   * @param roles role names of the policy
   * @param purposes purposes of use the caller may claim
   */
  public record CertificateCaller(
      String subject, String caller, String tenant, Set<String> roles, Set<String> purposes) {
    public CertificateCaller {
      roles = Set.copyOf(roles);
      purposes = Set.copyOf(purposes);
    }
  }

  /** Nobody can. */
  static final Auth NOBODY = new Auth(List.of(), Optional.empty(), List.of());

  public Auth {
    jwt = List.copyOf(jwt);
    mtls = List.copyOf(mtls);
  }
}
