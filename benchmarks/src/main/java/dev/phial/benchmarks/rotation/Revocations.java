package dev.phial.benchmarks.rotation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Versions of the ENCRYPT keyset that were taken out of use, and until when they still opened something. Thread-safe. */
final class Revocations {
  private final Map<Integer, Long> begun = new HashMap<>();
  private final Map<Integer, Long> acknowledged = new HashMap<>();
  private final Map<Integer, Long> lastOpened = new HashMap<>();
  private final Map<Integer, Integer> refusals = new HashMap<>();

  /** From now on it may be refused. */
  synchronized void begin(int version) {
    begun.put(version, System.nanoTime());
  }

  synchronized void acknowledge(int version) {
    acknowledged.put(version, System.nanoTime());
  }

  synchronized boolean concerns(int version) {
    return begun.containsKey(version);
  }

  synchronized List<Integer> versions() {
    return new ArrayList<>(begun.keySet());
  }

  synchronized void opened(int version) {
    lastOpened.put(version, System.nanoTime());
  }

  synchronized void refused(int version) {
    refusals.merge(version, 1, Integer::sum);
  }

  /** Milliseconds from each acknowledgement to the last time that something opened; 0 when nothing did. */
  synchronized List<Long> lingeringMillis() {
    return acknowledged.entrySet().stream()
        .map(entry -> Math.max(
            0,
            (lastOpened.getOrDefault(entry.getKey(), entry.getValue()) - entry.getValue())
                / 1_000_000))
        .sorted()
        .toList();
  }

  synchronized int refusals() {
    return refusals.values().stream().mapToInt(Integer::intValue).sum();
  }
}
