package dev.phial.gateway;

import dev.phial.gateway.http.HttpObserver;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** The HTTP channel's meters: named here, so that the channel knows no metrics library. */
final class HttpMeters implements HttpObserver {
  private final MeterRegistry registry;
  private final AtomicInteger connections = new AtomicInteger();

  HttpMeters(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("phial.http.connections", connections, AtomicInteger::get)
        .description("Open client connections")
        .register(registry);
  }

  @Override
  public void connectionOpened() {
    connections.incrementAndGet();
  }

  @Override
  public void connectionClosed() {
    connections.decrementAndGet();
  }

  @Override
  public void answered(Answer answer, Duration took) {
    Timer.builder("phial.http.requests")
        .description("Requests answered, by route")
        .tags(
            "route",
            answer.route(),
            "method",
            answer.method(),
            "status",
            String.valueOf(answer.status()),
            "reason",
            answer.reason())
        .publishPercentileHistogram()
        .register(registry)
        .record(took);
  }
}
