package dev.phial.gateway.engine;

import dev.phial.crypto.key.KeyDestroyedException;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.crypto.key.KeyUsedUpException;
import dev.phial.gateway.keys.KeyResolver;
import dev.phial.gateway.keys.KeyRing;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Runs a job on the keys that it needs. When a key goes out of memory between its resolution and its use, or protects its last
 * message in the middle of a batch, or when something names a version that is newer than the keys, the job is run again from the
 * start on the keys as they are then: so a job changes nothing but its own result. Thread-safe.
 */
final class KeyedWork {
  /** Each needs a key to go in the very moment; if so many do, something else is wrong. */
  private static final int ATTEMPTS = 32;

  private final KeyResolver keys;
  private final CryptoWork work;

  KeyedWork(KeyResolver keys, CryptoWork work) {
    this.keys = keys;
    this.work = work;
  }

  /** Runs {@code job}, as fits {@code bytes}; the stage fails with an {@link EngineException}. */
  <R> CompletionStage<R> run(
      KeyNeeds needs, String tenant, long bytes, Function<ResolvedKeys, R> job) {
    return stages(
        needs, tenant, bytes, resolved -> CompletableFuture.completedStage(job.apply(resolved)));
  }

  /** As {@link #run}, for a job that may have to wait: the keys stay until its stage is complete. */
  <R> CompletionStage<R> stages(
      KeyNeeds needs, String tenant, long bytes, Function<ResolvedKeys, CompletionStage<R>> job) {
    return attempt(ATTEMPTS, Set.of(), needs, tenant, bytes, job);
  }

  /** @param looked the keysets that the store was asked for since the call: of them, what is not known is not there */
  private <R> CompletionStage<R> attempt(
      int left,
      Set<KeyPurpose> looked,
      KeyNeeds needs,
      String tenant,
      long bytes,
      Function<ResolvedKeys, CompletionStage<R>> job) {
    return work.<ResolvedKeys, CompletionStage<R>>after(
            needs.resolve(keys, tenant), bytes, resolved -> held(resolved.cautious(looked), job))
        .thenCompose(stage -> stage)
        .exceptionallyCompose(failure -> {
          EngineException why = EngineException.of(failure);
          return left > 1 && passes(why)
              ? replaced(tenant, why)
                  .thenCompose(
                      done -> attempt(left - 1, with(looked, why), needs, tenant, bytes, job))
              : CompletableFuture.failedFuture(why);
        });
  }

  private static Set<KeyPurpose> with(Set<KeyPurpose> looked, EngineException why) {
    if (!(why.getCause() instanceof NewerVersionException newer)) {
      return looked;
    }
    Set<KeyPurpose> more = EnumSet.of(newer.purpose());
    more.addAll(looked);
    return more;
  }

  private static <R> CompletionStage<R> held(
      ResolvedKeys resolved, Function<ResolvedKeys, CompletionStage<R>> job) {
    KeyRing.Hold hold = resolved.hold();
    try {
      return job.apply(resolved).whenComplete((done, failure) -> hold.close());
    } catch (RuntimeException | Error e) {
      hold.close();
      throw e;
    }
  }

  private static boolean passes(EngineException why) {
    return why.getCause() instanceof KeyDestroyedException
        || why.getCause() instanceof KeyUsedUpException
        || why.getCause() instanceof NewerVersionException;
  }

  /** Completes when it makes sense to resolve again. */
  private CompletionStage<Boolean> replaced(String tenant, EngineException why) {
    CompletionStage<Boolean> ready = CompletableFuture.completedFuture(true);
    if (why.getCause() instanceof KeyUsedUpException used) {
      ready = keys.successor(tenant, used.purpose(), used.version()).thenApply(ring -> true);
    } else if (why.getCause() instanceof NewerVersionException newer) {
      ready = keys.latest(tenant, newer.purpose()).thenApply(ring -> true);
    }
    return ready.exceptionallyCompose(
        failure -> CompletableFuture.failedFuture(EngineException.of(failure)));
  }
}
