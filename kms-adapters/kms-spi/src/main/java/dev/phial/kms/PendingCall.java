package dev.phial.kms;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** One call in the line of a {@link ThreadedKms}, or being worked on. Its answer is given once, by whoever is first. */
final class PendingCall<T> implements Runnable {
  private final Supplier<T> work;
  private final Consumer<T> dropped;
  private final Runnable cleanup;
  private final Function<Throwable, KmsException> translation;
  private final CompletableFuture<T> answer = new CompletableFuture<>();
  private final AtomicBoolean begun = new AtomicBoolean();

  /**
   * @param work the call
   * @param dropped gets a result that nobody waits for any more
   * @param cleanup runs once, when the work will not look at its input any more
   * @param translation of what the work threw
   */
  PendingCall(
      Supplier<T> work,
      Consumer<T> dropped,
      Runnable cleanup,
      Function<Throwable, KmsException> translation) {
    this.work = work;
    this.dropped = dropped;
    this.cleanup = cleanup;
    this.translation = translation;
  }

  /** The caller's view: it cannot be completed from outside. */
  CompletionStage<T> answer() {
    return answer.minimalCompletionStage();
  }

  void whenDone(Runnable action) {
    CompletionStage<T> unused = answer.whenComplete((result, failure) -> action.run());
  }

  /** Answers with a failure, if there is no answer yet; work that has not begun never will. */
  void fail(KmsException failure) {
    answer.completeExceptionally(failure);
    if (begun.compareAndSet(false, true)) {
      cleanup.run();
    }
  }

  @Override
  public void run() {
    if (!begun.compareAndSet(false, true)) {
      return;
    }
    try {
      T result = work.get();
      if (!answer.complete(result)) {
        dropped.accept(result);
      }
    } catch (RuntimeException | Error e) {
      answer.completeExceptionally(translation.apply(e));
      if (e instanceof VirtualMachineError fatal) {
        throw fatal;
      }
    } finally {
      cleanup.run();
    }
  }
}
