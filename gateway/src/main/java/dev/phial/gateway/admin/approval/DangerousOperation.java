package dev.phial.gateway.admin.approval;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * A kind of operation that needs two persons. Implementations do the work and nothing else: who may, what is recorded and that it
 * happens once is {@link Approvals}' part. Stages fail with {@link dev.phial.gateway.engine.EngineException}. Thread-safe.
 *
 * @param <P> exactly what is asked for
 * @param <R> what the operation answers
 */
public interface DangerousOperation<P, R> {

  /** The permanent word by which the audit log, stored proposals and the API know it, such as {@code delete_tokens}. */
  String action();

  /** What is asked for, written down; {@link #read} gives back an equal one, in every later version of Phial. */
  Parameters write(P asked);

  /** @throws IllegalArgumentException when the parameters are not of this operation */
  P read(Parameters parameters);

  /** Checks what is asked for and says what it would do now. Changes nothing. */
  CompletionStage<Sight<R>> look(P asked);

  /**
   * Does it. Called once for each approval.
   *
   * @param state that of the {@link Sight} on which it was approved. Who can compares it in the change itself
   */
  CompletionStage<R> execute(P asked, String state);

  /** What the audit log says of it before it is done. */
  Map<String, String> facts(P asked);

  /** What the audit log says of it when it is done. */
  default Map<String, String> details(P asked, R result) {
    return facts(asked);
  }
}
