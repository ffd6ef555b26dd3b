package dev.phial.gateway.store;

import java.time.Instant;
import java.util.Optional;

/**
 * A vaulted token as it is stored (docs/format.md). Immutable.
 *
 * @param tenant whose
 * @param element of which data element
 * @param token the token itself
 * @param digest by which the token of a value is found again; none when each use has a token of its own
 * @param sealed the value, sealed; empty when deleted
 * @param keyVersion the version of the tenant's ENCRYPT keyset that sealed it
 * @param state where it is in its life
 * @param created when it was made, in whole milliseconds
 * @param expires from when on it opens nothing, if ever, in whole milliseconds
 */
public record StoredToken(
    String tenant,
    String element,
    String token,
    Optional<String> digest,
    String sealed,
    int keyVersion,
    TokenState state,
    Instant created,
    Optional<Instant> expires) {

  /** Whether it opens nothing any more at a time. */
  public boolean expiredAt(Instant now) {
    return expires.isPresent() && !now.isBefore(expires.get());
  }

  @Override
  public String toString() {
    return "StoredToken[element=" + element + ", state=" + state + "]";
  }
}
