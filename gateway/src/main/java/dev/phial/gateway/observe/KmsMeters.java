package dev.phial.gateway.observe;

import dev.phial.kms.resilience.KmsObserver;
import dev.phial.kms.resilience.Operation;
import dev.phial.kms.resilience.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The meters of all KMSs. */
public final class KmsMeters implements KmsObserver {
  private final MeterRegistry registry;
  private final Map<String, AtomicInteger> open = new ConcurrentHashMap<>();

  public KmsMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void attempted(String kms, Operation operation, Outcome outcome, Duration took) {
    Timer.builder("phial.kms.attempts")
        .description("Attempts of operations of a KMS, by outcome")
        .tags("kms", kms, "operation", name(operation), "outcome", name(outcome))
        .publishPercentileHistogram()
        .register(registry)
        .record(took);
  }

  @Override
  public void heldBack(String kms, Operation operation, Reason reason) {
    Counter.builder("phial.kms.held.back")
        .description("Operations that were not sent to a KMS")
        .tags("kms", kms, "operation", name(operation), "reason", name(reason))
        .register(registry)
        .increment();
  }

  @Override
  public void breakerChanged(String kms, boolean isOpen) {
    open.computeIfAbsent(kms, this::gauge).set(isOpen ? 1 : 0);
  }

  private AtomicInteger gauge(String kms) {
    AtomicInteger state = new AtomicInteger();
    Gauge.builder("phial.kms.breaker.open", state, AtomicInteger::get)
        .description("1 while a KMS is left alone because it failed too often")
        .tags("kms", kms)
        .register(registry);
    return state;
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
