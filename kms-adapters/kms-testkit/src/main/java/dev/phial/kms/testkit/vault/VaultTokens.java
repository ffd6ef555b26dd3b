package dev.phial.kms.testkit.vault;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The tokens that a server gave: until when they live, and how often that may be put off. */
public final class VaultTokens {
  private final InstantSource clock;
  private final Map<String, Grant> grants = new ConcurrentHashMap<>();
  private final AtomicInteger given = new AtomicInteger();
  private final AtomicInteger renewed = new AtomicInteger();

  VaultTokens(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * What a token may do.
   *
   * @param ttl for how long it is given, zero for ever
   * @param expires when it ends unless it is renewed
   * @param end when it ends in any case
   * @param renewable whether it may be renewed
   */
  record Grant(Duration ttl, Instant expires, Instant end, boolean renewable) {}

  /** Makes a token. */
  public String give(Duration ttl, Duration maximum, boolean renewable) {
    Instant now = clock.instant();
    String token = "hvs.example-" + given.incrementAndGet();
    grants.put(token, new Grant(ttl, now.plus(ttl), now.plus(maximum), renewable));
    return token;
  }

  /** Ends a token before its time. */
  public void revoke(String token) {
    grants.remove(token);
  }

  /** Ends all tokens. */
  public void revokeAll() {
    grants.clear();
  }

  /** How many tokens were made. */
  public int given() {
    return given.get();
  }

  /** How many renewals were granted. */
  public int renewed() {
    return renewed.get();
  }

  Grant check(String token) {
    if (token.isEmpty()) {
      throw new VaultRefusal(400, "missing client token");
    }
    Grant grant = grants.get(token);
    if (grant == null || (!grant.ttl().isZero() && !clock.instant().isBefore(grant.expires()))) {
      throw new VaultRefusal(403, "permission denied");
    }
    return grant;
  }

  Grant renew(String token) {
    Grant grant = check(token);
    if (!grant.renewable()) {
      throw new VaultRefusal(400, "lease is not renewable");
    }
    Instant wanted = clock.instant().plus(grant.ttl());
    Instant expires = wanted.isBefore(grant.end()) ? wanted : grant.end();
    Grant longer = new Grant(grant.ttl(), expires, grant.end(), true);
    grants.put(token, longer);
    renewed.incrementAndGet();
    return longer;
  }

  /** Seconds that a token has left. */
  long left(Grant grant) {
    return grant.ttl().isZero()
        ? 0
        : Duration.between(clock.instant(), grant.expires()).toSeconds();
  }
}
