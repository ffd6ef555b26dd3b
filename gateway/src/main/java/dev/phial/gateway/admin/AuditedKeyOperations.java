package dev.phial.gateway.admin;

import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.admin.DestructionOperations.Target;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.keys.KeyAdministration;
import dev.phial.gateway.keys.KeyStateException;
import dev.phial.gateway.keys.KeysetView;
import dev.phial.gateway.keys.PinAdministration;
import dev.phial.gateway.store.TokenStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/** Key operations with authorization before them and an audit record before their answer. */
public final class AuditedKeyOperations implements KeyOperations {
  private final KeyAdministration keys;
  private final Dependents dependents;
  private final AuditedAdministration administration;

  /**
   * @param pins what is pinned to a version
   * @param tokens vaulted tokens, which are sealed with one
   */
  public AuditedKeyOperations(
      KeyAdministration keys,
      PinAdministration pins,
      TokenStore tokens,
      AuditedAdministration administration) {
    this.keys = keys;
    this.dependents = new Dependents(pins, tokens);
    this.administration = administration;
  }

  @Override
  public CompletionStage<List<KeysetView>> list(Call call, Optional<String> tenant) {
    return administration.run(call, () -> keys.list(tenant), "list_keysets", done -> Map.of());
  }

  @Override
  public CompletionStage<KeysetView> rotate(Call call, String tenant, KeyPurpose purpose) {
    return administration.run(
        call, () -> keys.rotate(tenant, purpose), "rotate", AuditedKeyOperations::rotation);
  }

  @Override
  public CompletionStage<KeysetView> disable(
      Call call, String tenant, KeyPurpose purpose, int version) {
    return administration.run(
        call,
        () -> keys.disable(tenant, purpose, version),
        "disable",
        changed -> details(changed, version));
  }

  @Override
  public CompletionStage<KeysetView> enable(
      Call call, String tenant, KeyPurpose purpose, int version) {
    return administration.run(
        call,
        () -> keys.enable(tenant, purpose, version),
        "enable",
        changed -> details(changed, version));
  }

  @Override
  public CompletionStage<KeysetView> setMinimum(
      Call call, String tenant, KeyPurpose purpose, int version, boolean dryRun) {
    return administration.run(
        call,
        () -> keys.setMinimum(tenant, purpose, version, true)
            .thenCompose(fits -> requireNothingBelow(new Target(tenant, purpose), version))
            .thenCompose(free -> keys.setMinimum(tenant, purpose, version, dryRun)),
        dryRun ? "plan_minimum_version" : "set_minimum_version",
        changed -> details(changed, version));
  }

  /** Of what other people's databases hold the gateway knows nothing. */
  private CompletionStage<Boolean> requireNothingBelow(Target keyset, int version) {
    return dependents.of(keyset, IntStream.range(1, version).boxed().toList()).thenApply(found -> {
      if (!found.isEmpty()) {
        throw new KeyStateException("something hangs on versions below " + version + ": "
            + Dependents.words(found)
            + "; move it first (phial keys pins, phial retokenize), or choose a lower minimum");
      }
      return true;
    });
  }

  @Override
  public CompletionStage<KeysetView> rewrap(Call call, String tenant, KeyPurpose purpose) {
    return administration.run(
        call,
        () -> keys.rewrap(tenant, purpose),
        "rewrap",
        rewrapped -> details(rewrapped, rewrapped.primary()));
  }

  private static Map<String, String> rotation(KeysetView rotated) {
    if (rotated.pending().isEmpty()) {
      return details(rotated, rotated.primary());
    }
    Map<String, String> pending =
        new HashMap<>(details(rotated, rotated.pending().getAsInt()));
    pending.put("key_state", "pending");
    return pending;
  }

  private static Map<String, String> details(KeysetView keyset, int version) {
    return Map.of(
        "keyset", keyset.keysetId(),
        "key_tenant", keyset.tenant(),
        "key_purpose", keyset.purpose().name(),
        "key_version", String.valueOf(version));
  }
}
