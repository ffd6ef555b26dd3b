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
import dev.phial.gateway.auth.LocalIssuer.Realm;
import dev.phial.gateway.auth.MtlsAuthenticator;
import dev.phial.gateway.config.Auth;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may call, as the configuration says: issuers of JWTs, the local issuer, client certificates. What is good for data is
 * good for nothing in administration, and the other way round.
 */
final class AuthWiring {
  private final Auth data;
  private final Optional<Auth> administration;
  private final FipsModule fips;
  private final Clock clock;

  AuthWiring(Auth data, Optional<Auth> administration, FipsModule fips, Clock clock) {
    this.data = data;
    this.administration = administration;
    this.fips = fips;
    this.clock = clock;
  }

  /** Knows who may use data. */
  Authenticator ofData() {
    return of(Realm.DATA, data, administration);
  }

  /** Knows who may administer. */
  Authenticator ofAdministration() {
    return of(Realm.ADMIN, administration.orElseThrow(), Optional.of(data));
  }

  private Authenticator of(Realm realm, Auth auth, Optional<Auth> other) {
    List<JwtTrust> issuers = new ArrayList<>();
    auth.jwt().forEach(issuer -> issuers.add(trust(issuer, other)));
    auth.localIssuer().ifPresent(local -> issuers.add(localIssuer(realm, local).trust()));
    return new CompositeAuthenticator(
        issuers.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new JwtAuthenticator(issuers, JwtLimits.DEFAULTS, fips.provider(), clock)),
        auth.mtls().isEmpty()
            ? Optional.empty()
            : Optional.of(new MtlsAuthenticator(
                auth.mtls().stream().map(AuthWiring::caller).toList(),
                other.map(AuthWiring::names).orElse(Set.of()),
                clock)));
  }

  /** An issuer can have audiences on both sides; a token for both would open both. */
  private JwtTrust trust(Auth.JwtIssuer issuer, Optional<Auth> other) {
    Set<String> notFor = other.stream()
        .flatMap(auth -> auth.jwt().stream())
        .filter(there -> there.issuer().equals(issuer.issuer()))
        .map(Auth.JwtIssuer::audience)
        .collect(Collectors.toSet());
    return new JwtTrust(
        issuer.issuer(),
        issuer.audience(),
        new JwksFile(issuer.jwksFile(), fips.provider(), clock),
        notFor);
  }

  private LocalIssuer localIssuer(Realm realm, Auth.LocalIssuer local) {
    return local.create()
        ? LocalIssuer.openOrCreate(realm, local.file(), fips, clock)
        : LocalIssuer.open(realm, local.file(), fips, clock);
  }

  private static Set<CertificateName> names(Auth auth) {
    return auth.mtls().stream()
        .map(caller -> CertificateName.parse(caller.subject()))
        .collect(Collectors.toSet());
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
