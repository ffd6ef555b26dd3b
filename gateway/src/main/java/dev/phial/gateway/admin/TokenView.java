package dev.phial.gateway.admin;

import java.time.Instant;
import java.util.Optional;

/**
 * What there is to say of a vaulted token without its value.
 *
 * @param token the token
 * @param state where it is in its life
 * @param consistent whether its value has this token wherever it comes
 * @param keyVersion the version of the tenant's ENCRYPT keyset that seals its value
 * @param created when it was made
 * @param expires from when on it opens nothing, if ever
 */
public record TokenView(
    String token,
    State state,
    boolean consistent,
    int keyVersion,
    Instant created,
    Optional<Instant> expires) {

  /** Where a vaulted token is in its life. */
  public enum State {
    ENABLED,
    /** Opens nothing until it is enabled again. */
    DISABLED,
    /** Its time is over: it opens nothing, and its value will be deleted. */
    EXPIRED,
    /** Its value is gone. */
    DELETED
  }

  @Override
  public String toString() {
    return "TokenView[" + state + "]";
  }
}
