package dev.phial.gateway.observe;

import dev.phial.gateway.audit.AuditEvent;
import dev.phial.gateway.audit.AuditLog;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.CompletionStage;

/** Times how long records take to become durable: part of every answer's time. */
public final class MeteredAudit implements AuditLog {
  private final AuditLog audit;
  private final MeterRegistry registry;

  public MeteredAudit(AuditLog audit, MeterRegistry registry) {
    this.audit = audit;
    this.registry = registry;
  }

  @Override
  public CompletionStage<Void> append(AuditEvent event) {
    Timer.Sample sample = Timer.start(registry);
    return audit
        .append(event)
        .whenComplete((done, failure) -> sample.stop(Timer.builder("phial.audit.append")
            .description("Time until an audit record is durable")
            .tags("outcome", failure == null ? "ok" : "failed")
            .publishPercentileHistogram()
            .register(registry)));
  }

  @Override
  public boolean writable() {
    return audit.writable();
  }
}
