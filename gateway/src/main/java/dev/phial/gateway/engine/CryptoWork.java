package dev.phial.gateway.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/** Where cryptography runs: small pieces at once, larger ones on the crypto pool; and what its failures are called. Thread-safe. */
final class CryptoWork {
  private final EngineLimits limits;
  private final Executor pool;

  CryptoWork(EngineLimits limits, Executor pool) {
    this.limits = limits;
    this.pool = pool;
  }

  /** Runs {@code job} on what {@code input} gives, as fits {@code bytes}. */
  <T, R> CompletionStage<R> after(CompletionStage<T> input, long bytes, Function<T, R> job) {
    Function<T, R> guarded = value -> guarded(() -> job.apply(value));
    CompletionStage<R> done = bytes <= limits.inlineBytes()
        ? input.thenApply(guarded)
        : input.thenApplyAsync(guarded, pool);
    return done.exceptionallyCompose(
        failure -> CompletableFuture.failedFuture(EngineException.of(failure)));
  }

  /** Runs {@code job}, as fits {@code bytes}. */
  CompletionStage<Void> run(long bytes, Runnable job) {
    return after(CompletableFuture.completedFuture(Boolean.TRUE), bytes, begin -> {
          job.run();
          return Boolean.TRUE;
        })
        .thenAccept(done -> {});
  }

  void requireSize(long bytes) {
    if (bytes > limits.batchBytes()) {
      throw new EngineException(
          RefusalCode.TOO_LARGE, "one call takes at most " + limits.batchBytes() + " bytes");
    }
  }

  /** The FIPS module throws {@link Error} for some refusals: none may kill the thread that works. */
  private static <R> R guarded(Supplier<R> job) {
    try {
      return job.get();
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Error e) {
      throw new EngineException(
          RefusalCode.INTERNAL,
          "the cryptographic module refused the operation; see the gateway's log",
          e);
    }
  }
}
