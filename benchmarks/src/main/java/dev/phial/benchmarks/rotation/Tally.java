package dev.phial.benchmarks.rotation;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What became of the calls. Thread-safe. */
final class Tally {
  final LongAdder calls = new LongAdder();
  final LongAdder wrong = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder unanswered = new LongAdder();
  private final Map<String, LongAdder> reasons = new ConcurrentHashMap<>();

  /** @param why without a value */
  void failed(String why) {
    failed.increment();
    reasons.computeIfAbsent(why, first -> new LongAdder()).increment();
  }

  void wrong(String why) {
    wrong.increment();
    reasons.computeIfAbsent("WRONG " + why, first -> new LongAdder()).increment();
  }

  Map<String, LongAdder> reasons() {
    return new TreeMap<>(reasons);
  }
}
