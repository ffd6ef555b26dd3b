package dev.phial.gateway.logs;

import dev.phial.gateway.audit.AuditEvent;
import dev.phial.gateway.audit.AuditLog;
import dev.phial.gateway.logs.intake.LogObserver;
import dev.phial.masking.Identifier;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one receiver does, in the audit log: that it began, under which policy; what it did, in numbers, at most once in an
 * interval and only when there is something to say; that it ended. A record for each event would bury what an auditor looks
 * for, and wear out the disk that all others wait for; numbers answer what is asked: which identifiers came this way, and who
 * was turned away. No values, no senders' names.
 *
 * <p>Numbers that could not be recorded are not lost: they are in the next record. Thread-safe.
 */
public final class ReceiverAudit implements LogObserver {
  private static final Logger LOG = LoggerFactory.getLogger(ReceiverAudit.class);

  private final LogObserver next;
  private final AuditLog audit;
  private final Map<String, String> names;
  private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();

  /**
   * @param next is told everything too
   * @param names what its records say of it: {@code receiver}, {@code protocol}, {@code policy_sha256}
   */
  public ReceiverAudit(LogObserver next, AuditLog audit, Map<String, String> names) {
    this.next = next;
    this.audit = audit;
    this.names = Map.copyOf(names);
  }

  /** It is about to listen. Completes when that is durable: nothing is taken before. */
  public CompletionStage<Void> started() {
    return audit.append(event("logs_start", Map.of()));
  }

  /** An interval is over. */
  public CompletionStage<Void> report() {
    Map<String, Long> taken = take();
    return taken.isEmpty() ? CompletableFuture.completedStage(null) : append("logs", taken);
  }

  /** It takes nothing any more; what was counted since the last record is in this one. */
  public CompletionStage<Void> stopped() {
    return append("logs_stop", take());
  }

  private CompletionStage<Void> append(String action, Map<String, Long> taken) {
    Map<String, String> numbers = new TreeMap<>();
    taken.forEach((name, count) -> numbers.put(name, count.toString()));
    return audit.append(event(action, numbers)).exceptionally(failure -> {
      taken.forEach(this::add);
      LOG.error(
          "what log receiver {} did could not be recorded in the audit log; it is tried again",
          names.get("receiver"));
      return null;
    });
  }

  private Map<String, Long> take() {
    Map<String, Long> taken = new TreeMap<>();
    counts.forEach((name, count) -> {
      long now = count.getAndSet(0);
      if (now != 0) {
        taken.put(name, now);
      }
    });
    return taken;
  }

  private AuditEvent event(String action, Map<String, String> numbers) {
    Map<String, String> details = new TreeMap<>(names);
    details.putAll(numbers);
    return new AuditEvent(action, "phial", "", "", "logs", "", "ok", List.of(), details);
  }

  private void add(String name, long count) {
    counts.computeIfAbsent(name, n -> new AtomicLong()).addAndGet(count);
  }

  @Override
  public void connectionOpened() {
    next.connectionOpened();
  }

  @Override
  public void connectionClosed() {
    next.connectionClosed();
  }

  @Override
  public void received(int events, long bytes) {
    add("received", events);
    next.received(events, bytes);
  }

  @Override
  public void found(Identifier identifier, int count) {
    add("found_" + identifier.name(), count);
    next.found(identifier, count);
  }

  @Override
  public void lost(Lost reason, int events) {
    add("lost_" + reason.name().toLowerCase(Locale.ROOT), events);
    next.lost(reason, events);
  }

  @Override
  public void refused(String reason) {
    add("refused_" + reason, 1);
    next.refused(reason);
  }

  @Override
  public void forwarded(int events, long bytes) {
    add("forwarded", events);
    next.forwarded(events, bytes);
  }

  @Override
  public void retried() {
    next.retried();
  }
}
