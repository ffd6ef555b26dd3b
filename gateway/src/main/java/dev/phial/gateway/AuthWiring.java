package dev.phial.gateway;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.gateway.auth.Authenticator;
import dev.phial.gateway.auth.CertificateCaller;
import dev.phial.gateway.auth.CertificateName;
import dev.phial.gateway.auth.CompositeAuthenticator;
import dev.phial.gateway.auth.JwksFile;
import dev.phial.gateway.auth.JwtAuthenticator;
import dev.phial.gateway.auth.JwtLimits;
import dev.phial.gateway.auth.JwtTrust;
import dev.phial.gateway.auth.LocalIssuer;
import dev.phial.gateway.auth.MtlsAuthenticator;
import dev.phial.gateway.config.Auth;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who may call, as the configuration says: issuers of JWTs, the local issuer, client certificates. */
final class AuthWiring {
  private AuthWiring() {}

  static Authenticator of(Auth auth, FipsModule fips, Clock clock) {
    List<JwtTrust> issuers = new ArrayList<>();
    auth.jwt()
        .forEach(issuer -> issuers.add(new JwtTrust(
            issuer.issuer(),
            issuer.audience(),
            new JwksFile(issuer.jwksFile(), fips.provider(), clock))));
    auth.localIssuer()
        .ifPresent(local -> issuers.add(localIssuer(local, fips, clock).trust()));
    return new CompositeAuthenticator(
        issuers.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new JwtAuthenticator(issuers, JwtLimits.DEFAULTS, fips.provider(), clock)),
        auth.mtls().isEmpty()
            ? Optional.empty()
            : Optional.of(new MtlsAuthenticator(
                auth.mtls().stream().map(AuthWiring::caller).toList(), clock)));
  }

  private static LocalIssuer localIssuer(Auth.LocalIssuer local, FipsModule fips, Clock clock) {
    return local.create()
        ? LocalIssuer.openOrCreate(local.file(), fips, clock)
        : LocalIssuer.open(local.file(), fips, clock);
  }

  private static CertificateCaller caller(Auth.CertificateCaller caller) {
    return new CertificateCaller(
        CertificateName.parse(caller.subject()),
        caller.caller(),
        caller.tenant(),
        caller.roles(),
        caller.purposes());
  }
}
