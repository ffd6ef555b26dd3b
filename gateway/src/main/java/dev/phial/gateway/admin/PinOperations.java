package dev.phial.gateway.admin;

import dev.phial.gateway.identity.Call;
import dev.phial.gateway.keys.PinAdministration;
import dev.phial.gateway.keys.PinView;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Moves of pinned elements on behalf of a caller: allowed only to roles that administer, and audited before they answer.
 * Stages fail with {@link dev.phial.gateway.engine.EngineException}. The steps are those of {@link PinAdministration}.
 */
public interface PinOperations {

  /** Pins of one tenant, or of all. */
  CompletionStage<List<PinView>> list(Call call, Optional<String> tenant);

  /** Starts to move an element's tokens to the primary version. */
  CompletionStage<PinView> move(Call call, String tenant, String element);

  /** Lets nobody use tokens of the element without naming their version. */
  CompletionStage<PinView> hold(Call call, String tenant, String element);

  /** Ends the move at the new version. */
  CompletionStage<PinView> finish(Call call, String tenant, String element);

  /** Ends the move at the old version. */
  CompletionStage<PinView> cancel(Call call, String tenant, String element);
}
