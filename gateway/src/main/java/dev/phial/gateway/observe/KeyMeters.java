package dev.phial.gateway.observe;

import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.keys.KeyEvents;
import dev.phial.gateway.keys.Keysets;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletionStage;

/** Counts what happens to keys by itself, and passes it on. */
public final class KeyMeters implements KeyEvents {
  private final MeterRegistry registry;
  private final KeyEvents next;

  public KeyMeters(MeterRegistry registry, KeyEvents next) {
    this.registry = registry;
    this.next = next;
  }

  /** Shows the keys themselves too. */
  public void watch(Keysets keysets) {
    Gauge.builder("phial.keys.in.memory", keysets, Keysets::inMemory)
        .description("Keysets whose keys are in memory")
        .register(registry);
    Gauge.builder("phial.keys.used.share", keysets, Keysets::usedShare)
        .description("Largest share of its usage limit that a primary key has protected, 0 to 1")
        .register(registry);
  }

  @Override
  public CompletionStage<Void> usedUp(String tenant, KeyPurpose purpose, int version) {
    count("used_up", purpose);
    return next.usedUp(tenant, purpose, version);
  }

  @Override
  public void promoted(String tenant, KeyPurpose purpose, int version) {
    count("promoted", purpose);
    next.promoted(tenant, purpose, version);
  }

  @Override
  public void confirmed(String tenant, KeyPurpose purpose) {
    count("confirmed", purpose);
    next.confirmed(tenant, purpose);
  }

  @Override
  public void stale(String tenant, KeyPurpose purpose, Duration left) {
    count("unconfirmed", purpose);
    next.stale(tenant, purpose, left);
  }

  @Override
  public void withdrawn(String tenant, KeyPurpose purpose) {
    count("withdrawn", purpose);
    next.withdrawn(tenant, purpose);
  }

  @Override
  public void evicted(String tenant, KeyPurpose purpose) {
    count("evicted", purpose);
    next.evicted(tenant, purpose);
  }

  private void count(String event, KeyPurpose purpose) {
    Counter.builder("phial.keys.events")
        .description(
            "Keysets used up, confirmed by their KMS or not, withdrawn, or put out of memory")
        .tags("event", event, "purpose", purpose.name().toLowerCase(Locale.ROOT))
        .register(registry)
        .increment();
  }
}
