package dev.phial.gateway.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RegularWorkTest {
  private static final Duration NEVER = Duration.ofDays(1);

  private final AtomicInteger times = new AtomicInteger();
  private final BlockingQueue<CompletableFuture<Integer>> begun = new LinkedBlockingQueue<>();

  private CompletionStage<Integer> waiting() {
    CompletableFuture<Integer> end = new CompletableFuture<>();
    begun.add(end);
    return end;
  }

  private CompletableFuture<Integer> next() throws InterruptedException {
    CompletableFuture<Integer> next = begun.poll(20, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }

  @Test
  @SuppressWarnings("try") // the work lives as long as the block
  void goes_on_after_it_has_thrown_and_after_it_has_failed() throws Exception {
    CompletableFuture<Integer> third = new CompletableFuture<>();
    try (RegularWork work = RegularWork.start(
        "a test",
        () -> switch (times.incrementAndGet()) {
          case 1 -> throw new IllegalStateException("thrown");
          case 2 -> CompletableFuture.failedFuture(new IllegalStateException("failed"));
          default -> {
            third.complete(times.get());
            yield CompletableFuture.completedFuture(0);
          }
        },
        Duration.ofMillis(1))) {
      assertThat(third.get(20, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void a_wish_while_it_is_done_begins_it_once_more_and_not_beside() throws Exception {
    try (RegularWork work = RegularWork.start("a test", this::waiting, NEVER)) {
      work.soon();
      CompletableFuture<Integer> first = next();
      work.soon();
      work.soon();
      assertThat(begun).as("beside the first").isEmpty();
      first.complete(0);
      CompletableFuture<Integer> second = next();
      second.complete(0);
      work.soon();
      next().complete(0);
      assertThat(begun).as("more than was wished for").isEmpty();
    }
  }

  @Test
  void a_wish_after_the_end_is_nothing() {
    RegularWork work = RegularWork.start("a test", this::waiting, NEVER);
    work.close();
    work.soon();
    assertThat(begun).isEmpty();
  }
}
