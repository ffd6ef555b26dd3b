package dev.phial.gateway.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects problems, so that all of them are told at once. Confined to the thread that loads. */
public final class Problems {
  /** More are counted by nobody: a file this wrong is the wrong file. */
  private static final int MOST = 200;

  private final List<Problem> found = new ArrayList<>();

  public void add(Problem problem) {
    if (found.size() < MOST && !found.contains(problem)) {
      found.add(problem);
    }
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** In the order of the file. */
  public List<Problem> list() {
    return found.stream()
        .sorted(Comparator.comparing(Problem::file)
            .thenComparingInt(Problem::line)
            .thenComparingInt(Problem::column))
        .toList();
  }
}
