package dev.phial.kms.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.InvalidWrappedKeyException;
import dev.phial.kms.KekDescription;
import dev.phial.kms.KekRef;
import dev.phial.kms.KeyNotFoundException;
import dev.phial.kms.Kms;
import dev.phial.kms.KmsException;
import dev.phial.kms.KmsUnavailableException;
import dev.phial.kms.WrapContext;
import dev.phial.kms.WrappedKey;
import dev.phial.kms.testkit.FaultInjectingKms;
import dev.phial.kms.testkit.InMemoryKms;
import dev.phial.kms.testkit.ManualTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Threat T48: a KMS that is slow, throttled, sealed, removed, or lies. Time is the test's. */
class ResilientKmsTest {
  private static final KekRef KEK = new KekRef("memory", "default");
  private static final WrapContext CONTEXT = new WrapContext("north-clinic", "ENCRYPT", 7, 1);
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final ResilienceSettings SETTINGS = new ResilienceSettings(
      Duration.ofSeconds(5),
      3,
      Duration.ofMillis(100),
      Duration.ofSeconds(2),
      50,
      10,
      Duration.ofSeconds(10),
      4,
      100);

  private final ManualTimer timer = new ManualTimer();
  private final Recorder recorder = new Recorder();
  private final FaultInjectingKms faulty = new FaultInjectingKms(InMemoryKms.with(KEK));
  private final Kms kms = around(SETTINGS);

  private Kms around(ResilienceSettings settings) {
    return new ResilientKms(settings, recorder, timer, timer.clock(), timer::nanos)
        .around("memory", faulty);
  }

  private static KmsException throttled() {
    return KmsUnavailableException.passing("throttled (injected)");
  }

  private WrappedKey wrapped() {
    return kms.wrap(KEK, new byte[32], CONTEXT).toCompletableFuture().join();
  }

  private <T> CompletableFuture<T> after(CompletionStage<T> stage, Duration time) {
    timer.pass(time);
    return stage.toCompletableFuture();
  }

  @Test
  void tries_again_what_failed_in_passing() {
    WrappedKey wrapped = wrapped();
    faulty.failNext(2, ResilientKmsTest::throttled);
    CompletableFuture<byte[]> key = after(kms.unwrap(wrapped, CONTEXT), LONG);
    assertThat(key.join()).isEqualTo(new byte[32]);
    assertThat(recorder.attempts)
        .containsExactly(Outcome.OK, Outcome.UNAVAILABLE, Outcome.UNAVAILABLE, Outcome.OK);
  }

  @Test
  void waits_longer_each_time_and_gives_up_after_the_last_attempt() {
    faulty.failWith(ResilientKmsTest::throttled);
    CompletableFuture<KekDescription> answer = kms.describe(KEK).toCompletableFuture();
    assertThat(timer.next().orElseThrow()).isBetween(Duration.ofMillis(50), Duration.ofMillis(150));
    timer.pass(timer.next().orElseThrow());
    assertThat(timer.next().orElseThrow())
        .isBetween(Duration.ofMillis(100), Duration.ofMillis(300));
    assertThat(answer).isNotDone();
    timer.pass(LONG);
    assertThat(recorder.attempts).hasSize(3);
    assertThatThrownBy(answer::join).hasCauseInstanceOf(KmsUnavailableException.class);
  }

  /** 200 callers whose KMS fails at once do not come back at once. */
  @Test
  void spreads_retries_out() {
    Kms patient = around(new ResilienceSettings(
        SETTINGS.timeout(), 2, Duration.ofSeconds(1), LONG, 100, 1_000, LONG, 1_000, 1_000));
    assertThat(patient.describe(KEK).toCompletableFuture().join().enabled())
        .as("one success keeps the breaker of 100 percent closed")
        .isTrue();
    faulty.failWith(ResilientKmsTest::throttled);
    for (int i = 0; i < 200; i++) {
      CompletionStage<KekDescription> unused = patient.describe(KEK);
    }
    Set<Duration> times = new HashSet<>();
    Duration all = Duration.ZERO;
    while (timer.next().isPresent()) {
      Duration next = timer.next().get();
      timer.pass(next);
      all = all.plus(next);
      times.add(all);
    }
    assertThat(times).hasSizeGreaterThan(100);
    assertThat(all).isBetween(Duration.ofMillis(1_200), Duration.ofMillis(1_500));
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(new AccessDeniedException("expired credentials (injected)"), Outcome.DENIED),
        Arguments.of(new KeyNotFoundException("no such KEK (injected)"), Outcome.NOT_FOUND),
        Arguments.of(KmsUnavailableException.lasting("set up wrongly (injected)"), Outcome.BROKEN),
        Arguments.of(new InvalidWrappedKeyException("tampered (injected)"), Outcome.INVALID));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void never_repeats_what_stays_refused_and_does_not_blame_the_kms(
      KmsException refusal, Outcome outcome) {
    faulty.failWith(() -> refusal);
    for (int i = 0; i < 50; i++) {
      CompletableFuture<KekDescription> answer = after(kms.describe(KEK), LONG);
      assertThatThrownBy(answer::join).hasRootCause(refusal);
    }
    assertThat(recorder.attempts).hasSize(50).containsOnly(outcome);
    assertThat(recorder.breaker).isEmpty();
  }

  @Test
  void does_not_wait_for_a_slow_kms_and_wipes_what_comes_too_late() {
    WrappedKey wrapped = wrapped();
    byte[] late = new byte[32];
    Arrays.fill(late, (byte) 5);
    CompletableFuture<byte[]> slow = new CompletableFuture<>();
    TimeLimit limit = new TimeLimit("memory", Duration.ofSeconds(5), timer);
    CompletableFuture<byte[]> answer =
        after(limit.guard(Operation.UNWRAP, () -> slow), Duration.ofSeconds(5));
    assertThatThrownBy(answer::join)
        .hasRootCauseMessage("kms 'memory' did not answer within 5000 ms");
    slow.complete(late);
    assertThat(late).containsOnly(0);

    faulty.stall();
    CompletableFuture<byte[]> stalled = after(kms.unwrap(wrapped, CONTEXT), LONG);
    assertThatThrownBy(stalled::join).hasCauseInstanceOf(KmsUnavailableException.class);
    assertThat(faulty.unwraps()).isEqualTo(3);
    faulty.heal();
  }

  @Test
  void leaves_a_failing_kms_alone_and_comes_back_when_it_works_again() {
    WrappedKey wrapped = wrapped();
    faulty.failWith(ResilientKmsTest::throttled);
    for (int i = 0; i < 20; i++) {
      CompletableFuture<byte[]> unused =
          after(kms.unwrap(wrapped, CONTEXT), Duration.ofMillis(400));
    }
    int reached = faulty.unwraps();
    assertThat(recorder.breaker).containsExactly(true);
    assertThat(reached).isLessThan(15);
    CompletableFuture<byte[]> refused = kms.unwrap(wrapped, CONTEXT).toCompletableFuture();
    assertThat(refused).as("an open breaker is told at once").isCompletedExceptionally();
    assertThatThrownBy(refused::join).hasMessageContaining("left alone for a while");
    assertThat(faulty.unwraps()).isEqualTo(reached);

    faulty.heal();
    timer.pass(SETTINGS.openFor());
    for (int i = 0; i < 3; i++) {
      assertThat(after(kms.unwrap(wrapped, CONTEXT), LONG).join()).isEqualTo(new byte[32]);
    }
    assertThat(recorder.breaker.get(recorder.breaker.size() - 1)).isFalse();
  }

  @Test
  void bounds_calls_at_the_same_time() {
    Kms impatient = around(once(4, 100));
    faulty.stall();
    List<CompletableFuture<KekDescription>> accepted = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      accepted.add(impatient.describe(KEK).toCompletableFuture());
    }
    CompletableFuture<KekDescription> fifth = impatient.describe(KEK).toCompletableFuture();
    assertThatThrownBy(fifth::join).hasMessageContaining("as many calls as 'concurrency' allows");
    assertThat(recorder.heldBack).containsExactly(KmsObserver.Reason.CONCURRENCY);
    faulty.heal();
    for (CompletableFuture<KekDescription> one : accepted) {
      assertThat(one.join().enabled()).isTrue();
    }
    assertThat(impatient.describe(KEK).toCompletableFuture().join().enabled()).isTrue();
  }

  @Test
  void bounds_calls_in_a_second() {
    Kms impatient = around(once(4, 10));
    for (int i = 0; i < 10; i++) {
      assertThat(impatient.describe(KEK).toCompletableFuture().join().enabled()).isTrue();
    }
    CompletableFuture<KekDescription> eleventh = impatient.describe(KEK).toCompletableFuture();
    assertThatThrownBy(eleventh::join).hasMessageContaining("as many calls in this second");
    assertThat(recorder.heldBack).containsExactly(KmsObserver.Reason.RATE);
    timer.pass(Duration.ofSeconds(2));
    assertThat(impatient.describe(KEK).toCompletableFuture().join().enabled()).isTrue();
  }

  @Test
  void lets_the_caller_wipe_its_key_though_a_retry_comes_later() {
    byte[] mine = new byte[32];
    Arrays.fill(mine, (byte) 9);
    faulty.failNext(1, ResilientKmsTest::throttled);
    CompletionStage<WrappedKey> wrapping = kms.wrap(KEK, mine, CONTEXT);
    Arrays.fill(mine, (byte) 0);
    WrappedKey wrapped = after(wrapping, LONG).join();
    assertThat(kms.unwrap(wrapped, CONTEXT).toCompletableFuture().join())
        .hasSize(32)
        .containsOnly(9);
  }

  @Test
  void does_not_repeat_a_truncated_wrapped_key() {
    WrappedKey wrapped = wrapped();
    faulty.truncate();
    CompletableFuture<byte[]> answer = after(kms.unwrap(wrapped, CONTEXT), LONG);
    assertThatThrownBy(answer::join).hasCauseInstanceOf(InvalidWrappedKeyException.class);
    assertThat(faulty.unwraps()).isEqualTo(1);
  }

  @Test
  void does_not_retry_after_it_was_closed() {
    faulty.failWith(ResilientKmsTest::throttled);
    CompletableFuture<KekDescription> answer = kms.describe(KEK).toCompletableFuture();
    kms.close();
    timer.pass(LONG);
    assertThatThrownBy(answer::join).hasMessageContaining("was closed");
    assertThat(recorder.attempts).containsExactly(Outcome.UNAVAILABLE, Outcome.BROKEN);
  }

  private static ResilienceSettings once(int concurrency, int rate) {
    return new ResilienceSettings(
        LONG, 1, Duration.ofMillis(1), Duration.ofMillis(1), 50, 10, LONG, concurrency, rate);
  }
}
