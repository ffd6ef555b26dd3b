package dev.phial.gateway.identity;

import java.util.Optional;

/** Chooses the purpose of use of a call. */
public final class PurposeOfUse {
  /** HTTP header and gRPC metadata key in which a caller with several purposes names the one of this call. */
  public static final String HEADER = "phial-purpose";

  private PurposeOfUse() {}

  /**
   * The purpose of a call: the requested one when the caller may claim it; without a request, the caller's only one, or none
   * (the empty string) when it has several or none.
   *
   * @return empty when the caller may not claim the requested purpose
   */
  public static Optional<String> of(Caller caller, Optional<String> requested) {
    if (requested.isPresent()) {
      return requested.filter(caller.purposes()::contains);
    }
    return Optional.of(
        caller.purposes().size() == 1 ? caller.purposes().iterator().next() : "");
  }
}
