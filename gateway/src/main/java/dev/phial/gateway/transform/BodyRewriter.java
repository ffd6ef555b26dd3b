package dev.phial.gateway.transform;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Rewrites a whole body. The stage fails with a {@link TransformException} when the body cannot be accepted. */
@FunctionalInterface
interface BodyRewriter {

  /**
   * @param body the whole body, not empty
   * @param on where to go on when the engine has answered on a thread of its own
   */
  CompletionStage<byte[]> rewrite(byte[] body, Executor on);
}
