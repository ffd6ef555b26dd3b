package dev.phial.gateway.store;

import java.time.Instant;
import java.util.Optional;

/**
 * How the life of a key version ends.
 *
 * @param due from when on the version is destroyed, in whole milliseconds
 * @param askedBy who asked for it
 * @param approvedBy who agreed; empty when nobody had to
 * @param request the request under which the audit log has it
 * @param done since when the bytes are gone from the store, in whole milliseconds; nothing before
 */
public record Destruction(
    Instant due, String askedBy, String approvedBy, String request, Optional<Instant> done) {

  /** One that has been asked for. */
  public static Destruction ordered(
      Instant due, String askedBy, String approvedBy, String request) {
    return new Destruction(due, askedBy, approvedBy, request, Optional.empty());
  }

  /** The same, done. */
  Destruction done(Instant at) {
    return new Destruction(due, askedBy, approvedBy, request, Optional.of(at));
  }
}
