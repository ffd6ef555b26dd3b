package dev.phial.kms.testkit;

import dev.phial.kms.KekDescription;
import dev.phial.kms.KekRef;
import dev.phial.kms.Kms;
import dev.phial.kms.KmsException;
import dev.phial.kms.KmsUnavailableException;
import dev.phial.kms.WrapContext;
import dev.phial.kms.WrappedKey;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Puts faults between a KMS and its user, one at a time, and counts the calls. Thread-safe.
 *
 * <p>Faults are set by the test and stay until {@link #heal}: no randomness, no clock.
 */
public final class FaultInjectingKms implements Kms {
  private enum Fault {
    NONE,
    UNAVAILABLE,
    WRONG_KEY,
    TRUNCATED,
    OTHER
  }

  private final Kms delegate;
  private volatile Fault fault = Fault.NONE;
  private volatile Supplier<KmsException> other = () -> KmsUnavailableException.passing("");
  private final AtomicInteger left = new AtomicInteger();
  private volatile CompletableFuture<Boolean> gate = CompletableFuture.completedFuture(true);
  private final AtomicInteger wraps = new AtomicInteger();
  private final AtomicInteger unwraps = new AtomicInteger();

  public FaultInjectingKms(Kms delegate) {
    this.delegate = delegate;
  }

  /** From now on every operation fails as unreachable. */
  public void breakDown() {
    fault = Fault.UNAVAILABLE;
  }

  /** From now on {@link #unwrap} gives another key than was wrapped, without any error. */
  public void lie() {
    fault = Fault.WRONG_KEY;
  }

  /** From now on every operation fails in the given way: expired credentials, a sealed server, an HSM that was removed. */
  public void failWith(Supplier<KmsException> failure) {
    failNext(Integer.MAX_VALUE, failure);
  }

  /** Only the next operations fail in the given way: throttling that passes. */
  public void failNext(int operations, Supplier<KmsException> failure) {
    other = failure;
    left.set(operations);
    fault = Fault.OTHER;
  }

  /** From now on wrapped keys lose their last byte on the way. */
  public void truncate() {
    fault = Fault.TRUNCATED;
  }

  /** From now on operations start, but do not complete before {@link #heal}. */
  public void stall() {
    gate = new CompletableFuture<>();
  }

  /** Ends every fault and releases what was stalled. */
  public void heal() {
    fault = Fault.NONE;
    gate.complete(true);
  }

  /** How often {@link #wrap} was called. */
  public int wraps() {
    return wraps.get();
  }

  /** How often {@link #unwrap} was called. */
  public int unwraps() {
    return unwraps.get();
  }

  @Override
  public CompletionStage<WrappedKey> wrap(KekRef kek, byte[] key, WrapContext context) {
    wraps.incrementAndGet();
    // The caller may wipe its array as soon as this returns, so a stalled operation works on a
    // copy.
    byte[] copy = key.clone();
    return through(() -> delegate.wrap(kek, copy, context));
  }

  @Override
  public CompletionStage<byte[]> unwrap(WrappedKey wrapped, WrapContext context) {
    unwraps.incrementAndGet();
    return through(() -> delegate.unwrap(maybeTruncated(wrapped), context))
        .thenApply(this::maybeWrong);
  }

  @Override
  public CompletionStage<KekDescription> describe(KekRef kek) {
    return through(() -> delegate.describe(kek));
  }

  @Override
  public void close() {
    delegate.close();
  }

  private <T> CompletionStage<T> through(Supplier<CompletionStage<T>> operation) {
    if (fault == Fault.UNAVAILABLE) {
      return CompletableFuture.failedStage(
          KmsUnavailableException.passing("the KMS does not answer (injected fault)"));
    }
    if (fault == Fault.OTHER && left.getAndDecrement() > 0) {
      return CompletableFuture.failedStage(other.get());
    }
    return gate.thenCompose(open -> operation.get());
  }

  private byte[] maybeWrong(byte[] key) {
    if (fault == Fault.WRONG_KEY) {
      key[0] ^= 1;
    }
    return key;
  }

  private WrappedKey maybeTruncated(WrappedKey wrapped) {
    byte[] bytes = wrapped.bytes();
    return fault == Fault.TRUNCATED
        ? WrappedKey.of(wrapped.kekVersion(), Arrays.copyOf(bytes, bytes.length - 1))
        : wrapped;
  }
}
