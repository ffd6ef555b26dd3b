package dev.phial.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.gateway.identity.Call;
import dev.phial.gateway.identity.Caller;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class DeadlineEngineTest {
  private static final Call CALL = new Call(
      new Caller("app", "mercy", Set.of(), Set.of(), Caller.Method.JWT), "TREAT", "test", "r1");

  private final CompletableFuture<List<Outcome>> answer = new CompletableFuture<>();
  private final ProtectionEngine engine =
      new DeadlineEngine(new Answering(), Duration.ofMillis(20));

  @Test
  void an_operation_without_end_is_given_up_as_keys_unavailable() {
    CompletionStage<List<Outcome>> given = engine.protect(CALL, List.of());

    assertThatThrownBy(() -> given.toCompletableFuture().join())
        .cause()
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.code()).isEqualTo(RefusalCode.KEYS_UNAVAILABLE));
    assertThat(answer).as("the operation itself is not touched").isNotDone();
  }

  @Test
  void an_answer_in_time_passes() {
    answer.complete(List.of(new Outcome.Withheld()));

    assertThat(engine.reveal(CALL, List.of()).toCompletableFuture().join()).hasSize(1);
  }

  @Test
  void a_failure_passes_as_it_is() {
    answer.completeExceptionally(new EngineException(RefusalCode.TOO_LARGE, "split it"));

    assertThatThrownBy(
            () -> engine.reveal(CALL, List.of()).toCompletableFuture().join())
        .cause()
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.code()).isEqualTo(RefusalCode.TOO_LARGE));
  }

  /** Gives the one answer that the test holds. */
  private final class Answering implements ProtectionEngine {
    @Override
    public CompletionStage<List<Outcome>> protect(Call call, List<ProtectItem> items) {
      return answer;
    }

    @Override
    public CompletionStage<List<Outcome>> reveal(Call call, List<RevealItem> items) {
      return answer;
    }

    @Override
    public CompletionStage<List<Outcome>> index(Call call, List<ProtectItem> items) {
      return answer;
    }

    @Override
    public CompletionStage<List<Outcome>> renew(Call call, List<RevealItem> items) {
      return answer;
    }
  }
}
