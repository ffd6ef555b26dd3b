package dev.phial.gateway.auth;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.phial.gateway.identity.Caller;
import java.text.ParseException;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The claims of a JWT (RFC 7519, section 4), each read strictly. */
final class Claims {
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}\\p{P}\\p{S} ]{1,256}");
  private static final int MAX_NAMES = 64;

  private final JWTClaimsSet set;

  private Claims(JWTClaimsSet set) {
    this.set = set;
  }

  static Claims parse(String json) {
    try {
      return new Claims(JWTClaimsSet.parse(json));
    } catch (ParseException | RuntimeException e) {
      throw new AuthenticationException("the token's claims cannot be read");
    }
  }

  boolean issuedBy(String issuer) {
    return issuer.equals(set.getIssuer());
  }

  boolean meantFor(String audience) {
    return set.getAudience().contains(audience);
  }

  Instant expires() {
    return instant(set.getExpirationTime())
        .orElseThrow(() -> new AuthenticationException("the token has no exp claim"));
  }

  Optional<Instant> notBefore() {
    return instant(set.getNotBeforeTime());
  }

  Optional<Instant> issuedAt() {
    return instant(set.getIssueTime());
  }

  Caller caller() {
    return new Caller(
        name("sub"),
        name("tenant"),
        names("roles"),
        purposes(),
        Caller.Method.JWT,
        set.getIssuer());
  }

  /** Both spellings are in use: {@code purposes}, and {@code purpose_of_use} of the IHE profiles. */
  private Set<String> purposes() {
    Set<String> all = new LinkedHashSet<>(names("purposes"));
    all.addAll(names("purpose_of_use"));
    return all;
  }

  private String name(String claim) {
    return checked(claim, set.getClaim(claim));
  }

  private Set<String> names(String claim) {
    Object value = set.getClaim(claim);
    if (value == null) {
      return Set.of();
    }
    Collection<?> values = value instanceof Collection<?> many ? many : List.of(value);
    if (values.size() > MAX_NAMES) {
      throw new AuthenticationException("the token's " + claim + " claim has too many entries");
    }
    Set<String> names = new LinkedHashSet<>();
    values.forEach(one -> names.add(checked(claim, one)));
    return names;
  }

  /** Names go to audit and log: no control characters, no line or direction tricks, nothing endless. */
  private static String checked(String claim, @Nullable Object value) {
    if (value instanceof String text && !text.isBlank() && NAME.matcher(text).matches()) {
      return text;
    }
    throw new AuthenticationException("the token has no usable " + claim + " claim");
  }

  private static Optional<Instant> instant(@Nullable Date date) {
    return Optional.ofNullable(date).map(Date::toInstant);
  }
}
