package dev.phial.benchmarks;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;

/** Mean times by benchmark name. */
final class Results {
  private final Map<String, Double> nanos = new HashMap<>();

  Results(Collection<RunResult> runs) {
    runs.forEach(run -> nanos.put(name(run), run.getPrimaryResult().getScore()));
  }

  private static String name(RunResult run) {
    String full = run.getParams().getBenchmark();
    String shortName = full.substring(full.lastIndexOf('.', full.lastIndexOf('.') - 1) + 1);
    String size = run.getParams().getParam("size");
    return size == null ? shortName : shortName + "/" + size;
  }

  /** NaN when it did not run. */
  double nanos(String benchmark) {
    return nanos.getOrDefault(benchmark, Double.NaN);
  }
}
