package dev.phial.gateway.observe;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Whether the gateway can do its work: all named checks hold and it is neither starting nor draining. Thread-safe; checks must
 * be cheap, since probes and the gRPC health service ask often.
 */
public final class Readiness {
  private final Map<String, BooleanSupplier> checks = new ConcurrentHashMap<>();
  private final AtomicBoolean serving = new AtomicBoolean();

  /** Adds a check under a name that {@code /readyz} shows. */
  public void require(String name, BooleanSupplier check) {
    checks.put(name, check);
  }

  /** Start-up is over. */
  public void open() {
    serving.set(true);
  }

  /** Draining: load balancers should send no more. */
  public void close() {
    serving.set(false);
  }

  public boolean ready() {
    return serving.get() && checks.values().stream().allMatch(Readiness::holds);
  }

  /** Each check by name, and {@code serving}. */
  public Map<String, Boolean> report() {
    Map<String, Boolean> report = new LinkedHashMap<>();
    report.put("serving", serving.get());
    new TreeMap<>(checks).forEach((name, check) -> report.put(name, holds(check)));
    return report;
  }

  private static boolean holds(BooleanSupplier check) {
    try {
      return check.getAsBoolean();
    } catch (RuntimeException e) {
      return false; // a check that cannot tell does not hold
    }
  }
}
