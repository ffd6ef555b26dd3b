package dev.phial.gateway.cli.vectors;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.selftest.Engine;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** Asks every engine that has a file's algorithm all of the file's vectors. */
public final class VectorRun {
  private final FipsModule module;
  private final IntConsumer progress;

  /** @param progress told after each vector how many of the file are done */
  public VectorRun(FipsModule module, IntConsumer progress) {
    this.module = module;
    this.progress = progress;
  }

  /** A score for each engine that was asked. */
  public List<Score> ask(VectorFile file) {
    Map<Engine, Score> scores = new EnumMap<>(Engine.class);
    int done = 0;
    for (VectorCase one : file.cases()) {
      for (Engine engine : one.vector().engines()) {
        scores
            .computeIfAbsent(engine, e -> new Score(file, e))
            .add(one.id(), one.vector().ask(module, engine));
      }
      progress.accept(++done);
    }
    return new ArrayList<>(scores.values());
  }
}
