package dev.phial.gateway.config;

import dev.phial.gateway.auth.CertificateName;
import dev.phial.gateway.auth.LocalIssuer;
import dev.phial.gateway.yaml.YamlNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whoever may use data is nobody to the admin listener, and the other way round: so no credential may be good on both. What can
 * only be seen with the credential in hand (a token for both audiences, a certificate with two names) is refused where it is shown.
 */
final class SeparateTrust {
  private static final String OWN = "; administrators need %s of their own";

  private SeparateTrust() {}

  static void check(Auth data, Auth admin, YamlNode place) {
    if (meet(files(data), files(admin))) {
      refuse(place, "has the local issuer's file of 'auth'", "a file");
    }
    if (meet(audiences(data, LocalIssuer.Realm.DATA), audiences(admin, LocalIssuer.Realm.ADMIN))) {
      refuse(place, "takes tokens of an issuer and audience that 'auth' takes too", "an audience");
    }
    if (meet(certificates(data), certificates(admin))) {
      refuse(place, "knows a client certificate that 'auth' knows too", "certificates");
    }
  }

  private static void refuse(YamlNode place, String what, String own) {
    place.refuse(what + OWN.formatted(own));
  }

  private static <T> boolean meet(Set<T> some, Set<T> others) {
    return some.stream().anyMatch(others::contains);
  }

  private static Set<Object> files(Auth auth) {
    return auth.localIssuer().map(Auth.LocalIssuer::file).stream().collect(Collectors.toSet());
  }

  private record Audience(String issuer, String audience) {}

  /** The local issuers' too: a set of keys under their names would make their tokens good on both sides. */
  private static Set<Audience> audiences(Auth auth, LocalIssuer.Realm realm) {
    Set<Audience> audiences = auth.jwt().stream()
        .map(issuer -> new Audience(issuer.issuer(), issuer.audience()))
        .collect(Collectors.toCollection(HashSet::new));
    auth.localIssuer()
        .ifPresent(local -> audiences.add(new Audience(realm.issuer(), realm.audience())));
    return audiences;
  }

  private static Set<CertificateName> certificates(Auth auth) {
    return auth.mtls().stream()
        .flatMap(caller -> name(caller.subject()).stream())
        .collect(Collectors.toSet());
  }

  /** What is no name is refused when the gateway starts. */
  private static Optional<CertificateName> name(String subject) {
    try {
      return Optional.of(CertificateName.parse(subject));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
