package dev.phial.gateway.transform;

import dev.phial.gateway.identity.Call;
import dev.phial.gateway.policy.Policy;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A workbench: a policy's first route, an engine, and bodies that go through transformers. */
final class Bench {
  private final MemoryEngine engine;
  private final BodyTransformers transformers;
  private final BodyRules rules;

  Bench(Policy policy, TransformLimits limits) {
    this.engine = new MemoryEngine(() -> policy);
    this.transformers = new BodyTransformers(engine, limits, Runnable::run);
    this.rules = BodyRules.compile(policy.httpRoutes().get(0), policy);
  }

  static Bench of(dev.phial.gateway.policy.Binding... bindings) {
    return new Bench(TestPolicies.fhir(bindings), TransformLimits.DEFAULT);
  }

  MemoryEngine engine() {
    return engine;
  }

  byte[] protect(byte[] body, int... cuts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    run(
        transformers.protecting(
            MemoryEngine.call("clinician"), rules, "", bytes -> take(bytes, out)),
        body,
        cuts);
    return out.toByteArray();
  }

  byte[] reveal(String role, byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Call call = MemoryEngine.call(role);
    run(transformers.revealing(call, rules, bytes -> take(bytes, out)), body);
    return out.toByteArray();
  }

  String protect(String body) {
    return text(protect(bytes(body)));
  }

  String reveal(String role, String body) {
    return text(reveal(role, bytes(body)));
  }

  private static void take(ByteBuffer bytes, ByteArrayOutputStream out) {
    byte[] taken = new byte[bytes.remaining()];
    bytes.get(taken);
    out.writeBytes(taken);
  }

  private static void run(MessageTransformer transformer, byte[] body, int... cuts) {
    int from = 0;
    for (int cut : cuts) {
      await(transformer.feed(ByteBuffer.wrap(body, from, cut - from)));
      from = cut;
    }
    await(transformer.feed(ByteBuffer.wrap(body, from, body.length - from)));
    await(transformer.end());
  }

  static void await(CompletionStage<Void> stage) {
    try {
      stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    } catch (java.util.concurrent.CompletionException e) {
      if (e.getCause() instanceof TransformException refused) {
        throw refused;
      }
      throw e;
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
