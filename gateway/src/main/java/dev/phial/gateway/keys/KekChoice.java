package dev.phial.gateway.keys;

import dev.phial.kms.KekRef;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whose data keys are wrapped under which KEKs. The tenant is the authenticated caller's, never what a request says. A
 * tenant's own KEKs stand alone: nothing of the usual ones is added to them.
 *
 * @param usual for every tenant without KEKs of its own; when empty, such a tenant is refused
 * @param tenants by tenant
 */
public record KekChoice(Optional<Keks> usual, Map<String, Keks> tenants) {
  public KekChoice {
    tenants = Map.copyOf(tenants);
  }

  /** The same KEK for everybody. */
  public static KekChoice of(KekRef kek) {
    return new KekChoice(Optional.of(Keks.of(kek)), Map.of());
  }

  /**
   * The KEKs of a tenant.
   *
   * @throws KeyStateException when it has none and may not use the usual ones
   */
  Keks of(String tenant) {
    return Optional.ofNullable(tenants.get(tenant))
        .or(() -> usual)
        .orElseThrow(() -> new KeyStateException(
            "the tenant has no KEK of its own, and this gateway requires one (keys.require_tenant_kek);"
                + " name it under keys.tenants"));
  }

  /** Every KEK that wraps for somebody, once; the usual ones first. */
  Stream<KekRef> all() {
    return Stream.concat(
            usual.stream().flatMap(Keks::all), tenants.values().stream().flatMap(Keks::all))
        .distinct();
  }
}
