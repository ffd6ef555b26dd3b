package dev.phial.gateway.grpc;

import dev.phial.gateway.admin.DestructionOperations.Terms;
import dev.phial.gateway.admin.DestructionPlan;
import dev.phial.gateway.engine.EngineException;
import dev.phial.gateway.engine.RefusalCode;
import dev.phial.proto.v1.KeyDependent;
import dev.phial.proto.v1.KeyDestructionPlan;
import dev.phial.proto.v1.ScheduleKeyDestructionRequest;
import dev.phial.proto.v1.TrimKeysetRequest;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;

/** The end of keys: between messages and the key life cycle's words. */
final class DestructionMessages {
  private DestructionMessages() {}

  static Terms terms(ScheduleKeyDestructionRequest request) {
    return new Terms(
        request.hasWaiting() ? Optional.of(duration(request.getWaiting())) : Optional.empty(),
        request.getDiscard(),
        request.getDryRun());
  }

  static Terms terms(TrimKeysetRequest request) {
    return new Terms(
        request.hasWaiting() ? Optional.of(duration(request.getWaiting())) : Optional.empty(),
        request.getDiscard(),
        request.getDryRun());
  }

  private static Duration duration(com.google.protobuf.Duration waiting) {
    try {
      Duration duration = Duration.ofSeconds(waiting.getSeconds(), waiting.getNanos());
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (DateTimeException | ArithmeticException e) {
      throw new EngineException(RefusalCode.INVALID_VALUE, "waiting is no duration", e);
    }
    throw new EngineException(RefusalCode.INVALID_VALUE, "waiting must not be negative");
  }

  static KeyDestructionPlan plan(DestructionPlan plan) {
    return KeyDestructionPlan.newBuilder()
        .setKeyset(KeyMessages.keyset(plan.keyset()))
        .addAllVersions(plan.versions())
        .setDestroyTime(KeyMessages.timestamp(plan.due()))
        .addAllDependents(
            plan.dependents().stream().map(DestructionMessages::dependent).toList())
        .build();
  }

  private static KeyDependent dependent(DestructionPlan.Dependent dependent) {
    return KeyDependent.newBuilder()
        .setVersion(dependent.version())
        .setKind(
            switch (dependent.kind()) {
              case PIN -> KeyDependent.Kind.KIND_PIN;
              case VAULTED_TOKENS -> KeyDependent.Kind.KIND_VAULTED_TOKENS;
            })
        .setElement(dependent.element())
        .setCount(dependent.count())
        .build();
  }
}
