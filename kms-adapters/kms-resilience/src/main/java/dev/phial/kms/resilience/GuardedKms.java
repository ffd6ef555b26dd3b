package dev.phial.kms.resilience;

import dev.phial.kms.KekDescription;
import dev.phial.kms.KekRef;
import dev.phial.kms.Kms;
import dev.phial.kms.KmsUnavailableException;
import dev.phial.kms.WrapContext;
import dev.phial.kms.WrappedKey;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A KMS with a guard before each operation. */
final class GuardedKms implements Kms {
  private final String name;
  private final Kms kms;
  private final Guard guard;
  private volatile boolean closed;

  GuardedKms(String name, Kms kms, Guard guard) {
    this.name = name;
    this.kms = kms;
    this.guard = guard;
  }

  /** The caller may wipe its key at once, and an attempt may come later: each works on our copy, wiped at the end. */
  @Override
  public CompletionStage<WrappedKey> wrap(KekRef kek, byte[] key, WrapContext context) {
    if (key.length < MIN_KEY_BYTES || key.length > MAX_KEY_BYTES) {
      throw new IllegalArgumentException(
          "a data key has " + MIN_KEY_BYTES + " to " + MAX_KEY_BYTES + " bytes");
    }
    byte[] copy = key.clone();
    return run(Operation.WRAP, () -> kms.wrap(kek, copy, context))
        .whenComplete((wrapped, failure) -> Arrays.fill(copy, (byte) 0));
  }

  @Override
  public CompletionStage<byte[]> unwrap(WrappedKey wrapped, WrapContext context) {
    return run(Operation.UNWRAP, () -> kms.unwrap(wrapped, context));
  }

  @Override
  public CompletionStage<WrappedKey> rewrap(WrappedKey wrapped, KekRef kek, WrapContext context) {
    return run(Operation.REWRAP, () -> kms.rewrap(wrapped, kek, context));
  }

  @Override
  public CompletionStage<KekDescription> describe(KekRef kek) {
    return run(Operation.DESCRIBE, () -> kms.describe(kek));
  }

  @Override
  public void close() {
    closed = true;
    kms.close();
  }

  private <T> CompletionStage<T> run(Operation operation, Supplier<CompletionStage<T>> start) {
    return guard.guard(operation, () -> closed ? closedFailure() : started(start));
  }

  private <T> CompletionStage<T> closedFailure() {
    return CompletableFuture.failedStage(
        KmsUnavailableException.lasting("kms '" + name + "' was closed"));
  }

  private static <T> CompletionStage<T> started(Supplier<CompletionStage<T>> start) {
    try {
      return start.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }
}
