package dev.phial.benchmarks.rotation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which version of one keyset each gateway writes with, and how long after the rotation it began to. Thread-safe.
 */
final class Versions {
  private final int gateways;
  private final int[] newest;
  private final Map<Integer, Long> acknowledged = new HashMap<>();
  private final List<Long> lagsMillis = new ArrayList<>();
  private long backwards;

  Versions(int gateways) {
    this.gateways = gateways;
    this.newest = new int[gateways];
  }

  /** What a gateway is known to write with, before a call to it begins. */
  synchronized int known(int gateway) {
    return newest[gateway];
  }

  /** The administrator was told that a version is primary. */
  synchronized void rotated(int version) {
    acknowledged.put(version, System.nanoTime());
    for (int gateway = 0; gateway < gateways; gateway++) {
      if (newest[gateway] >= version) {
        lagsMillis.add(0L);
      }
    }
  }

  /**
   * A gateway has written with a version.
   *
   * @param before what it was known to write with when the call began: it never goes back
   */
  synchronized void written(int gateway, int version, int before) {
    if (version < before) {
      backwards++;
    }
    long now = System.nanoTime();
    for (int next = newest[gateway] + 1; next <= version; next++) {
      Long since = acknowledged.get(next);
      if (since != null) {
        lagsMillis.add((now - since) / 1_000_000);
      }
    }
    newest[gateway] = Math.max(newest[gateway], version);
  }

  synchronized long backwards() {
    return backwards;
  }

  synchronized int rotations() {
    return acknowledged.size();
  }

  /** Whether every gateway writes with the newest version. */
  synchronized boolean together() {
    int last = acknowledged.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
    for (int version : newest) {
      if (version < last) {
        return false;
      }
    }
    return true;
  }

  synchronized List<Long> lagsMillis() {
    return lagsMillis.stream().sorted().toList();
  }
}
