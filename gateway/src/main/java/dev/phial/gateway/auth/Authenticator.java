package dev.phial.gateway.auth;

import dev.phial.gateway.identity.Caller;

/** Turns credentials into a caller, or refuses. Thread-safe; takes well under a millisecond once warm; never blocks on a network. */
@FunctionalInterface
public interface Authenticator {

  /**
   * The caller that the credentials prove.
   *
   * @throws AuthenticationException when there are none, or they prove nothing; the message says which kind of defect,
   *     never what the credential held
   */
  Caller authenticate(Credentials credentials);
}
