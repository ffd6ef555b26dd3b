package dev.phial.gateway.grpc;

import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.admin.DestructionOperations;
import dev.phial.gateway.admin.DestructionPlan;
import dev.phial.gateway.admin.DestructionPlan.Dependent;
import dev.phial.gateway.admin.DestructionPlan.Kind;
import dev.phial.gateway.engine.EngineException;
import dev.phial.gateway.engine.RefusalCode;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.keys.KeysetView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/** The end of keys that are not there: answers what was asked for. Something hangs on every version 1. */
final class RecordingDestruction implements DestructionOperations {
  static final Instant NOW = Instant.parse("2026-11-01T10:15:30Z");

  @Override
  public CompletionStage<DestructionPlan> schedule(
      Call call, Target keyset, int version, Terms terms) {
    return plan(keyset, List.of(version), terms);
  }

  @Override
  public CompletionStage<DestructionPlan> trim(Call call, Target keyset, int least, Terms terms) {
    return plan(keyset, IntStream.range(1, least).boxed().toList(), terms);
  }

  private static CompletionStage<DestructionPlan> plan(
      Target keyset, List<Integer> versions, Terms terms) {
    if (versions.contains(1) && !terms.discard() && !terms.dryRun()) {
      return CompletableFuture.failedFuture(
          new EngineException(RefusalCode.KEY_STATE, "something hangs on version 1"));
    }
    Instant due = NOW.plus(terms.waiting().orElse(Duration.ofDays(30)));
    List<Dependent> dependents = versions.contains(1)
        ? List.of(
            new Dependent(1, Kind.PIN, "ssn", 1), new Dependent(1, Kind.VAULTED_TOKENS, "mrn", 12))
        : List.of();
    return CompletableFuture.completedFuture(
        new DestructionPlan(view(keyset, versions, Optional.of(due)), versions, due, dependents));
  }

  @Override
  public CompletionStage<KeysetView> cancel(Call call, Target keyset, int version) {
    return CompletableFuture.completedFuture(view(keyset, List.of(version), Optional.empty()));
  }

  @Override
  public CompletionStage<List<DestructionPlan>> shred(Call call, String tenant, Terms terms) {
    return plan(new Target(tenant, KeyPurpose.ENCRYPT), List.of(1, 2), terms).thenApply(List::of);
  }

  @Override
  public CompletionStage<List<KeysetView>> cancelShred(Call call, String tenant) {
    return cancel(call, new Target(tenant, KeyPurpose.ENCRYPT), 2).thenApply(List::of);
  }

  @Override
  public CompletionStage<String> receipt(Call call, String tenant, Optional<KeyPurpose> purpose) {
    return CompletableFuture.completedFuture(
        "receipt." + tenant + "." + purpose.map(KeyPurpose::name).orElse("ALL"));
  }

  private static KeysetView view(Target keyset, List<Integer> versions, Optional<Instant> due) {
    return new KeysetView(
        keyset.tenant(),
        keyset.purpose(),
        "00000000000000ff",
        9,
        OptionalInt.empty(),
        1,
        versions.stream()
            .map(version -> new KeysetView.Version(
                version,
                KeysetView.State.DISABLED,
                NOW,
                "local/default",
                "k1",
                Optional.empty(),
                due.map(at ->
                    new KeysetView.Destruction(at, "officer", "", "r1", Optional.empty(), "00"))))
            .toList());
  }
}
