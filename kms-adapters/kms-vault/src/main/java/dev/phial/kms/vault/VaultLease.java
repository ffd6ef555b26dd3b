package dev.phial.kms.vault;

import io.github.jopenlibs.vault.Vault;
import io.github.jopenlibs.vault.VaultException;
import io.github.jopenlibs.vault.response.AuthResponse;
import java.time.Duration;
import java.time.Instant;

/** A token with its client, and until when it is good. Never shows the token. */
final class VaultLease {
  private final Vault client;
  private final Duration length;
  private final boolean renewable;
  private final Instant begun;

  private VaultLease(Vault client, Duration length, boolean renewable, Instant begun) {
    this.client = client;
    this.length = length;
    this.renewable = renewable;
    this.begun = begun;
  }

  static VaultLease of(
      VaultServer server, String token, long seconds, boolean renewable, Instant now)
      throws VaultException {
    return new VaultLease(server.client(token), Duration.ofSeconds(seconds), renewable, now);
  }

  static VaultLease of(VaultServer server, AuthResponse response, Instant now)
      throws VaultException {
    return of(
        server,
        response.getAuthClientToken(),
        response.getAuthLeaseDuration(),
        response.isAuthRenewable(),
        now);
  }

  Vault client() {
    return client;
  }

  boolean renewable() {
    return renewable;
  }

  /** Whether two thirds of it have passed. A lease of no length does not end. */
  boolean due(Instant now) {
    return !length.isZero() && !now.isBefore(begun.plus(length.multipliedBy(2).dividedBy(3)));
  }

  /** The same token for longer. */
  VaultLease renewed(Instant now) throws VaultException {
    AuthResponse response = client.auth().renewSelf();
    return new VaultLease(
        client,
        Duration.ofSeconds(response.getAuthLeaseDuration()),
        response.isAuthRenewable(),
        now);
  }

  /** Whether a renewal gave much less than there was: the end that no renewal puts off comes near. */
  boolean shorterThanHalf(VaultLease before) {
    return length.compareTo(before.length.dividedBy(2)) < 0;
  }

  @Override
  public String toString() {
    return "VaultLease[" + length + " from " + begun + "]";
  }
}
