package dev.phial.gateway.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.phial.gateway.identity.Caller;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.time.InstantSource;
import java.util.List;

/**
 * Knows callers by JWT: ES256, ES384, RS256 or PS256, from issuers that are configured. Claims: {@code iss}, {@code aud}, {@code
 * exp}, {@code nbf}, {@code iat}; {@code sub} and {@code tenant}; {@code roles} and {@code purposes} (or {@code purpose_of_use})
 * as arrays of strings.
 *
 * <p>A verified token is remembered by its SHA-256 until it expires or its issuer's keys change, because a signature costs
 * more than the call it comes with. Refused tokens are not remembered.
 */
public final class JwtAuthenticator implements Authenticator {
  private final List<JwtTrust> trusts;
  private final JwtLimits limits;
  private final ClaimRules rules;
  private final Provider provider;
  private final InstantSource clock;
  private final Cache<ByteBuffer, Verified> verified;

  public JwtAuthenticator(
      List<JwtTrust> trusts, JwtLimits limits, Provider provider, InstantSource clock) {
    this.trusts = List.copyOf(trusts);
    this.limits = limits;
    this.rules = new ClaimRules(limits);
    this.provider = provider;
    this.clock = clock;
    this.verified = Caffeine.newBuilder().maximumSize(limits.cachedTokens()).build();
  }

  private record Verified(Caller caller, Claims claims, JwtTrust trust, VerificationKeys keys) {}

  @Override
  public Caller authenticate(Credentials credentials) {
    String token = credentials
        .bearerToken()
        .orElseThrow(() -> new AuthenticationException("no bearer token was sent"));
    if (token.length() > limits.maxCharacters()) {
      throw new AuthenticationException(
          "the token is longer than " + limits.maxCharacters() + " characters");
    }
    ByteBuffer digest = digest(token);
    Verified known = verified.getIfPresent(digest);
    return known != null && known.keys() == known.trust().keys().keys()
        ? again(known)
        : first(token, digest);
  }

  private Caller again(Verified known) {
    rules.current(known.claims(), clock.instant());
    return known.caller();
  }

  private Caller first(String token, ByteBuffer digest) {
    CompactJws jws = CompactJws.parse(token, limits.maxCharacters());
    Claims claims = Claims.parse(jws.payload());
    JwtTrust trust = trusts.stream()
        .filter(candidate -> claims.issuedBy(candidate.issuer()))
        .findFirst()
        .orElseThrow(() -> new AuthenticationException("the token's issuer is not trusted (iss)"));
    VerificationKeys keys = trust.keys().keys();
    if (!keys.verify(jws)) {
      throw new AuthenticationException("the token's signature is not valid");
    }
    rules.check(claims, trust, clock.instant());
    Caller caller = claims.caller();
    verified.put(digest, new Verified(caller, claims, trust, keys));
    return caller;
  }

  private ByteBuffer digest(String token) {
    try {
      byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256", provider).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the cryptographic module has no SHA-256", e);
    }
  }
}
