package dev.phial.gateway.admin;

import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.keys.DestructionOrder;
import dev.phial.gateway.keys.DestructionRules;
import dev.phial.gateway.keys.KeyAdministration;
import dev.phial.gateway.keys.KeyDestruction;
import dev.phial.gateway.keys.KeyStateException;
import dev.phial.gateway.keys.KeysetView;
import dev.phial.gateway.keys.PinAdministration;
import dev.phial.gateway.store.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The end of keys with authorization before it and an audit record before its answer. */
public final class AuditedDestructionOperations implements DestructionOperations {
  private final Ground ground;
  private final Dependents dependents;
  private final DestructionRules rules;
  private final DestructionReceipts receipts;
  private final AuditedAdministration administration;
  private final InstantSource clock;

  /**
   * What the operations stand on.
   *
   * @param keys the keysets
   * @param destruction their end
   * @param pins what is pinned to a version
   * @param tokens vaulted tokens, which are sealed with one
   */
  public record Ground(
      KeyAdministration keys,
      KeyDestruction destruction,
      PinAdministration pins,
      TokenStore tokens) {}

  public AuditedDestructionOperations(
      Ground ground,
      DestructionRules rules,
      DestructionReceipts receipts,
      AuditedAdministration administration,
      InstantSource clock) {
    this.ground = ground;
    this.dependents = new Dependents(ground.pins(), ground.tokens());
    this.rules = rules;
    this.receipts = receipts;
    this.administration = administration;
    this.clock = clock;
  }

  @Override
  public CompletionStage<DestructionPlan> schedule(
      Call call, Target keyset, int version, Terms terms) {
    return run(
        call,
        keyset,
        terms,
        "schedule_destruction",
        new Steps(
            order ->
                ground.destruction().preview(keyset.tenant(), keyset.purpose(), version, order),
            order ->
                ground.destruction().schedule(keyset.tenant(), keyset.purpose(), version, order)));
  }

  @Override
  public CompletionStage<DestructionPlan> trim(Call call, Target keyset, int least, Terms terms) {
    return run(
        call,
        keyset,
        terms,
        "trim",
        new Steps(
            order ->
                ground.destruction().previewTrim(keyset.tenant(), keyset.purpose(), least, order),
            order -> ground.destruction().trim(keyset.tenant(), keyset.purpose(), least, order)));
  }

  @Override
  public CompletionStage<KeysetView> cancel(Call call, Target keyset, int version) {
    return administration.run(
        call,
        () -> ground.destruction().cancel(keyset.tenant(), keyset.purpose(), version),
        "cancel_destruction",
        changed -> DestructionDetails.of(changed, List.of(version)));
  }

  @Override
  public CompletionStage<String> receipt(Call call, String tenant, Optional<KeyPurpose> purpose) {
    return administration.run(
        call,
        () -> receipts.of(tenant, purpose),
        "destruction_receipt",
        receipt ->
            Map.of("key_tenant", tenant, "receipt_sha256", DestructionReceipts.digest(receipt)));
  }

  private CompletionStage<DestructionPlan> run(
      Call call, Target keyset, Terms terms, String action, Steps steps) {
    Duration waiting = terms.waiting().orElse(rules.waiting());
    return administration.run(
        call,
        () -> {
          Instant now = clock.instant();
          DestructionOrder order = new DestructionOrder(
              now.plus(rules.checked(waiting)), call.caller().subject(), "", call.requestId());
          return steps
              .preview()
              .apply(order)
              .thenCompose(preview -> planned(keyset, preview, order))
              .thenCompose(
                  plan -> terms.dryRun() ? plain(plan) : done(keyset, plan, order, terms, steps));
        },
        terms.dryRun() ? "plan_" + action : action,
        plan -> DestructionDetails.of(plan, waiting, terms.discard()));
  }

  private static <T> CompletionStage<T> plain(T value) {
    return CompletableFuture.completedStage(value);
  }

  private CompletionStage<DestructionPlan> planned(
      Target keyset, KeysetView preview, DestructionOrder order) {
    List<Integer> versions = preview.versions().stream()
        .filter(version -> isOf(order, version))
        .map(KeysetView.Version::version)
        .toList();
    return dependents
        .of(keyset, versions)
        .thenApply(found -> new DestructionPlan(preview, versions, order.due(), found));
  }

  /** A request has an id of its own, so what carries it comes of this one. */
  private static boolean isOf(DestructionOrder order, KeysetView.Version version) {
    Optional<KeysetView.Destruction> how = version.destruction();
    return how.isPresent()
        && how.get().done().isEmpty()
        && how.get().request().equals(order.request());
  }

  private CompletionStage<DestructionPlan> done(
      Target keyset, DestructionPlan plan, DestructionOrder order, Terms terms, Steps steps) {
    if (!plan.dependents().isEmpty() && !terms.discard()) {
      throw new KeyStateException("something hangs on what is to be destroyed: "
          + Dependents.words(plan.dependents())
          + "; move it first (phial keys pins, phial retokenize), or give discard to lose it");
    }
    return steps
        .change()
        .apply(order)
        .thenCompose(changed -> atOnce(keyset, changed, order))
        .thenApply(changed ->
            new DestructionPlan(changed, plan.versions(), plan.due(), plan.dependents()));
  }

  /** What need not wait does not wait for the next look of the chore either. */
  private CompletionStage<KeysetView> atOnce(
      Target keyset, KeysetView changed, DestructionOrder order) {
    if (order.due().isAfter(clock.instant())) {
      return plain(changed);
    }
    return ground
        .destruction()
        .destroyDue()
        .thenCompose(gone -> ground.keys().list(Optional.of(keyset.tenant())))
        .thenApply(all -> all.stream()
            .filter(one -> one.purpose() == keyset.purpose())
            .findFirst()
            .orElse(changed));
  }

  /** What would be, and what is. */
  private record Steps(
      Function<DestructionOrder, CompletionStage<KeysetView>> preview,
      Function<DestructionOrder, CompletionStage<KeysetView>> change) {}
}
