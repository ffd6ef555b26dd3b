package dev.phial.kms.resilience;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** One guard around another. */
record Nested(Guard outer, Guard inner) implements Guard {

  @Override
  public <T> CompletionStage<T> guard(Operation operation, Supplier<CompletionStage<T>> start) {
    return outer.guard(operation, () -> inner.guard(operation, start));
  }
}
