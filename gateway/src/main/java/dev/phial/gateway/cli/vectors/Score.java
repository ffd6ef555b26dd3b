package dev.phial.gateway.cli.vectors;

import dev.phial.crypto.selftest.Engine;
import dev.phial.crypto.selftest.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came of one file's vectors through one engine. Not thread-safe. */
public final class Score {
  private final VectorFile file;
  private final Engine engine;
  private final List<Long> wrong = new ArrayList<>();
  private final Map<String, Integer> notApplicable = new TreeMap<>();
  private int passed;
  private int refused;

  Score(VectorFile file, Engine engine) {
    this.file = file;
    this.engine = engine;
  }

  void add(long id, Verdict verdict) {
    if (verdict instanceof Verdict.Passed) {
      passed++;
    } else if (verdict instanceof Verdict.Refused) {
      refused++;
    } else if (verdict instanceof Verdict.NotApplicable limit) {
      notApplicable.merge(limit.why(), 1, Integer::sum);
    } else {
      wrong.add(id);
    }
  }

  public VectorFile file() {
    return file;
  }

  public Engine engine() {
    return engine;
  }

  /** Vectors whose published answer came out. */
  public int passed() {
    return passed;
  }

  /** Invalid inputs that were refused, and acceptable ones that were. */
  public int refused() {
    return refused;
  }

  /** The numbers of those that were answered wrongly. */
  public List<Long> wrong() {
    return List.copyOf(wrong);
  }

  /** How many valid inputs are refused on purpose, by the limit that they are outside of. */
  public Map<String, Integer> notApplicable() {
    return new TreeMap<>(notApplicable);
  }
}
