package dev.phial.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThreadedKmsTest {
  private static final KekRef KEK = new KekRef("hsm", "default");
  private static final KekVersion VERSION = new KekVersion(KEK, "1");
  private static final WrapContext CONTEXT = new WrapContext("north-clinic", "ENCRYPT", 7, 1);
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Service service = new Service();

  @Test
  void wipes_its_copy_of_a_key_when_the_call_has_ended() throws Exception {
    try (Kms kms = new ThreadedKms("hsm", service, 1, LONG)) {
      get(kms.wrap(KEK, filled(), CONTEXT));
      get(kms.describe(KEK));
      assertThat(service.seen).containsOnly(0);
    }
  }

  @Test
  void stops_waiting_in_time_and_wipes_the_key_that_comes_too_late() throws Exception {
    service.gate = new CountDownLatch(1);
    try (Kms kms = new ThreadedKms("hsm", service, 1, Duration.ofMillis(20))) {
      assertThatThrownBy(() -> get(kms.unwrap(WrappedKey.of(VERSION, filled()), CONTEXT)))
          .isInstanceOfSatisfying(KmsUnavailableException.class, late -> {
            assertThat(late).hasMessage("kms 'hsm' did not answer within 20 ms");
            assertThat(late.retryable()).isTrue();
          });
      service.gate.countDown();
    }
    assertThat(service.closed.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(service.given).containsOnly(0);
  }

  @Test
  void refuses_at_once_what_does_not_fit_into_the_line() throws Exception {
    service.gate = new CountDownLatch(1);
    try (Kms kms = new ThreadedKms("hsm", service, 1, LONG)) {
      List<CompletionStage<KekDescription>> accepted = new ArrayList<>();
      for (int i = 0; i < 33; i++) {
        accepted.add(kms.describe(KEK));
      }
      assertThatThrownBy(() -> get(kms.describe(KEK)))
          .isInstanceOf(KmsUnavailableException.class)
          .hasMessageContaining("32 calls waiting already");
      service.gate.countDown();
      for (CompletionStage<KekDescription> stage : accepted) {
        assertThat(get(stage).enabled()).isTrue();
      }
    }
  }

  @Test
  void answers_every_call_when_it_is_closed_and_closes_the_service_after_the_last()
      throws Exception {
    service.gate = new CountDownLatch(1);
    Kms kms = new ThreadedKms("hsm", service, 1, LONG);
    CompletionStage<KekDescription> running = kms.describe(KEK);
    assertThat(service.begun.await(60, TimeUnit.SECONDS)).isTrue();
    CompletionStage<KekDescription> waiting = kms.describe(KEK);
    kms.close();
    for (CompletionStage<KekDescription> stage : List.of(running, waiting, kms.describe(KEK))) {
      assertThatThrownBy(() -> get(stage)).hasMessage("kms 'hsm' was closed");
    }
    assertThat(service.closed.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void translates_what_an_adapter_did_not_expect_without_its_message() {
    try (Kms kms = new ThreadedKms("hsm", service, 1, LONG)) {
      service.thrown = new AssertionError("bytes");
      assertThatThrownBy(() -> get(kms.describe(KEK)))
          .isInstanceOf(KmsUnavailableException.class)
          .hasMessage("kms 'hsm' failed in a way that its adapter does not know:"
              + " java.lang.AssertionError");
    }
  }

  @Test
  void does_not_let_a_caller_complete_the_answer_for_others() throws Exception {
    try (Kms kms = new ThreadedKms("hsm", service, 1, LONG)) {
      CompletionStage<KekDescription> stage = kms.describe(KEK);
      stage.toCompletableFuture().cancel(true);
      assertThat(get(stage).enabled()).isTrue();
    }
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    try {
      return CompletableFuture.completedFuture(0)
          .thenCompose(zero -> stage)
          .get(60, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private static byte[] filled() {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) 5);
    return key;
  }

  /** A service that can be held up. */
  private static final class Service implements BlockingKms {
    final CountDownLatch closed = new CountDownLatch(1);
    final CountDownLatch begun = new CountDownLatch(1);
    volatile CountDownLatch gate = new CountDownLatch(0);
    volatile AssertionError thrown = new AssertionError();
    volatile byte[] seen = filled();
    volatile byte[] given = filled();

    @Override
    public WrappedKey wrap(KekRef kek, byte[] key, WrapContext context) {
      seen = key;
      return WrappedKey.of(VERSION, new byte[1]);
    }

    @Override
    public byte[] unwrap(WrappedKey wrapped, WrapContext context) {
      boolean interrupted = false;
      while (gate.getCount() > 0) {
        try {
          gate.await();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      assertThat(interrupted || given.length == 32).isTrue();
      return given;
    }

    @Override
    public WrappedKey rewrap(WrappedKey wrapped, KekRef kek, WrapContext context) {
      return wrapped;
    }

    @Override
    public KekDescription describe(KekRef kek) {
      begun.countDown();
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException("interrupted", e);
      }
      if (thrown.getMessage() != null) {
        throw thrown;
      }
      return new KekDescription(VERSION, "none", true);
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }
}
