package dev.phial.gateway;

import dev.phial.gateway.config.Logs;
import dev.phial.gateway.engine.LogTreatment;
import dev.phial.gateway.engine.ProtectionEngine;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.identity.Caller;
import dev.phial.gateway.policy.Access;
import dev.phial.gateway.policy.Policy;
import dev.phial.masking.Masker;
import dev.phial.masking.MaskingPolicy;
import java.util.Set;
import java.util.UUID;

/** The masker of the policy's {@code logs} section, with tokens and digests out of the engine. */
final class Maskers {
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
