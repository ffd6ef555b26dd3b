package dev.phial.gateway.transform;

import dev.phial.gateway.engine.Outcome;

/**
 * One value of a body on its way through the engine.
 *
 * @param <I> what the engine takes
 */
interface ValueTask<I> {

  /** What the engine is given. */
  I item();

  /** How many bytes that is, roughly. */
  int bytes();

  /**
   * Puts what the engine answered into the body.
   *
   * @throws TransformException when the answer is a refusal, or does not fit
   */
  void finish(Outcome outcome, Edits edits);
}
