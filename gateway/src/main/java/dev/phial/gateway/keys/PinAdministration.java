package dev.phial.gateway.keys;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Moves the tokens of a pinned element to another key version, without authorization. Thread-safe; does not block. Stages
 * fail with a {@link KeysUnavailableException}, or with a {@link KeyStateException} when the step does not fit the pin's
 * state, in which case nothing happened.
 *
 * <p>The order is {@link #move}, make every token again, {@link #hold}, put the new tokens in the place of the old,
 * {@link #finish}. At no time do two processes take the same unnamed token for one of different versions: before a pin may
 * arrive it was held for longer than any process trusts what it has last read ({@link Pins#LEASE}).
 */
public interface PinAdministration {

  /** All pins, or one tenant's, by tenant and element. */
  CompletionStage<List<PinView>> pins(Optional<String> tenant);

  /** Starts to move an element's tokens to the primary version. They are used as before. */
  CompletionStage<PinView> move(String tenant, String element);

  /** Lets nobody use the element's tokens without naming their version, in any process that shares the store. */
  CompletionStage<PinView> hold(String tenant, String element);

  /** Ends the move: from now on the element's tokens are of the new version. Refused until the hold is known everywhere. */
  CompletionStage<PinView> finish(String tenant, String element);

  /** Gives the move up: the element's tokens are of the version they had. */
  CompletionStage<PinView> cancel(String tenant, String element);
}
