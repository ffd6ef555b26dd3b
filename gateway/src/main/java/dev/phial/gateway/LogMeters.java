package dev.phial.gateway;

import dev.phial.gateway.logs.buffer.DiskBuffer;
import dev.phial.gateway.logs.intake.LogObserver;
import dev.phial.masking.Identifier;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** One receiver's meters: named here, so that the channel knows no metrics library. */
final class LogMeters implements LogObserver {
  private final MeterRegistry registry;
  private final String receiver;
  private final AtomicInteger connections = new AtomicInteger();
  private final Map<Identifier, Counter> found = new ConcurrentHashMap<>();
  private final Counter events;
  private final Counter bytes;
  private final Counter forwardedEvents;
  private final Counter forwardedBytes;
  private final Counter retries;

  LogMeters(MeterRegistry registry, String receiver) {
    this.registry = registry;
    this.receiver = receiver;
    Gauge.builder("phial.logs.connections", connections, AtomicInteger::get)
        .description("Open connections of log senders")
        .tag("receiver", receiver)
        .register(registry);
    this.events = counter("phial.logs.received", "Log events masked and buffered");
    this.bytes = counter("phial.logs.received.bytes", "Bytes of log events masked and buffered");
    this.forwardedEvents = counter("phial.logs.forwarded", "Log events handed over");
    this.forwardedBytes = counter("phial.logs.forwarded.bytes", "Bytes handed over");
    this.retries = counter("phial.logs.retries", "Deliveries that failed and are tried again");
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name)
        .description(description)
        .tag("receiver", receiver)
        .register(registry);
  }

  /** Shows the buffer's state. */
  void watch(DiskBuffer buffer) {
    Gauge.builder("phial.logs.buffer.bytes", buffer, DiskBuffer::bytes)
        .description("What the log buffer takes on disk")
        .tag("receiver", receiver)
        .register(registry);
    FunctionCounter.builder("phial.logs.buffer.damaged", buffer, DiskBuffer::damaged)
        .description("Damaged pieces of the log buffer that were passed over")
        .tag("receiver", receiver)
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
  public void received(int count, long size) {
    events.increment(count);
    bytes.increment((double) size);
  }

  @Override
  public void found(Identifier identifier, int count) {
    found
        .computeIfAbsent(
            identifier,
            i -> Counter.builder("phial.logs.found")
                .description("Values found in log events, by identifier")
                .tags("receiver", receiver, "identifier", i.name())
                .register(registry))
        .increment(count);
  }

  @Override
  public void lost(Lost reason, int count) {
    Counter.builder("phial.logs.lost")
        .description("Log events that are not forwarded, by reason")
        .tags("receiver", receiver, "reason", reason.name().toLowerCase(Locale.ROOT))
        .register(registry)
        .increment(count);
  }

  @Override
  public void refused(String reason) {
    Counter.builder("phial.logs.refused")
        .description("Requests and connections of log senders that were refused, by reason")
        .tags("receiver", receiver, "reason", reason)
        .register(registry)
        .increment();
  }

  @Override
  public void forwarded(int count, long size) {
    forwardedEvents.increment(count);
    forwardedBytes.increment((double) size);
  }

  @Override
  public void retried() {
    retries.increment();
  }
}
