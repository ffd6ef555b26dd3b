package dev.phial.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.phial.gateway.config.Logs;
import dev.phial.gateway.engine.LogTreatment;
import dev.phial.gateway.engine.ProtectionEngine;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.identity.Caller;
import dev.phial.gateway.policy.Access;
import dev.phial.gateway.policy.Policy;
import dev.phial.masking.Masker;
import dev.phial.masking.MaskingPolicy;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** The masker of the policy's {@code logs} section, with tokens and digests out of the engine. */
final class Maskers {
  private static final int CALLERS = 200;

  private Maskers() {}

  /**
   * The masker for receivers.
   *
   * @throws IllegalArgumentException when the policy does not say how logs are masked, or wants tokens that the configured
   *     caller may not have
   */
  static Masker of(Policy policy, ProtectionEngine engine, Logs.Caller configured) {
    MaskingPolicy masking = policy
        .logs()
        .orElseThrow(() -> new IllegalArgumentException(
            "logs: the policy does not say how logs are masked; give it a section 'logs'"));
    Caller caller = new Caller(
        configured.name(),
        configured.tenant(),
        configured.roles(),
        configured.purpose().isEmpty() ? Set.of() : Set.of(configured.purpose()),
        Caller.Method.CONFIGURED);
    check(policy, masking, new Call(caller, configured.purpose(), "logs", ""));
    return Masker.of(
        masking,
        new LogTreatment(
            engine, caller, configured.purpose(), () -> UUID.randomUUID().toString()));
  }

  /** The masker of each call: tokens are made in the name of its caller. Empty when the policy does not speak of logs. */
  static Function<Call, Optional<Masker>> ofCallers(Policy policy, ProtectionEngine engine) {
    Optional<MaskingPolicy> masking = policy.logs();
    if (masking.isEmpty() || masking.get().keyed().isEmpty()) {
      Optional<Masker> one = masking.map(Masker::of);
      return call -> one;
    }
    Cache<Call, Masker> maskers = Caffeine.newBuilder().maximumSize(CALLERS).build();
    return call -> Optional.of(maskers.get(
        new Call(call.caller(), call.purpose(), call.channel(), ""),
        caller -> Masker.of(
            masking.get(),
            new LogTreatment(
                engine,
                caller.caller(),
                caller.purpose(),
                () -> UUID.randomUUID().toString()))));
  }

  /** Better now than with the first value. */
  private static void check(Policy policy, MaskingPolicy masking, Call call) {
    masking.keyed().ifPresent(element -> {
      if (!new Access(policy).mayProtect(call, element.name())) {
        throw new IllegalArgumentException("logs.caller: none of its roles may protect "
            + element.name() + " for its purpose, and the policy wants it tokenized in logs");
      }
    });
  }
}
