package dev.phial.gateway.transform;

import dev.phial.gateway.engine.ProtectionEngine;
import dev.phial.gateway.identity.Call;
import java.util.concurrent.Executor;

/**
 * Makes the transformers of request and response bodies. This is the one place that knows which implementation is used:
 * today each message is buffered up to the limit and rewritten when it has ended.
 *
 * <p>Thread-safe. Each transformer is for one message.
 */
public final class BodyTransformers {
  /** Bodies over so many bytes are parsed and spliced on the executor for large bodies. */
  static final int LARGE = 64 << 10;

  private final ProtectionEngine engine;
  private final TransformLimits limits;
  private final StrictJson json;
  private final Executor large;

  /**
   * @param engine protects and reveals
   * @param limits bounds on each body
   * @param large where large bodies are worked on, so that no event loop stands still
   */
  public BodyTransformers(ProtectionEngine engine, TransformLimits limits, Executor large) {
    this.engine = engine;
    this.limits = limits;
    this.json = new StrictJson(limits);
    this.large = large;
  }

  /**
   * Protects what the rules select: for what goes to the upstream.
   *
   * @param patient whose values they are where the body does not say it; empty: nobody's
   */
  public MessageTransformer protecting(
      Call call, BodyRules rules, String patient, MessageTransformer.Sink sink) {
    return new BufferedTransformer(
        limits,
        large,
        sink,
        new ProtectingRewriter(
            json,
            rules,
            patient,
            new BatchedEngine<>(items -> engine.protect(call, items), limits)));
  }

  /** Reveals what the rules select, as far as the caller may see it: for what comes from the upstream. */
  public MessageTransformer revealing(Call call, BodyRules rules, MessageTransformer.Sink sink) {
    return new BufferedTransformer(
        limits,
        large,
        sink,
        new RevealingRewriter(
            json, rules, new BatchedEngine<>(items -> engine.reveal(call, items), limits)));
  }
}
