package dev.phial.gateway.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.gateway.engine.Outcome;
import dev.phial.gateway.engine.PlainValue;
import dev.phial.gateway.engine.ProtectItem;
import dev.phial.gateway.engine.ProtectionEngine;
import dev.phial.gateway.engine.RefusalCode;
import dev.phial.gateway.engine.RevealItem;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.identity.Caller;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class MeteredEngineTest {
  private static final Call CALL = new Call(
      new Caller("app", "mercy", Set.of(), Set.of(), Caller.Method.JWT), "TREAT", "grpc", "r1");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ProtectionEngine engine = new MeteredEngine(new Echo(), registry);

  @Test
  void values_are_counted_by_element_and_outcome() {
    engine
        .protect(
            CALL,
            List.of(
                ProtectItem.of("ssn", PlainValue.ofText("1")),
                ProtectItem.of("ssn", PlainValue.ofText("2"))))
        .toCompletableFuture()
        .join();

    assertThat(registry
            .get("phial.values")
            .tags("operation", "protect", "element", "ssn", "outcome", "protected")
            .counter()
            .count())
        .isEqualTo(2);
    assertThat(registry
            .get("phial.operation")
            .tags("operation", "protect", "outcome", "ok")
            .timer()
            .count())
        .isEqualTo(1);
  }

  @Test
  void a_name_that_the_policy_does_not_know_makes_no_label() {
    engine
        .protect(CALL, List.of(ProtectItem.of("536-27-8841", PlainValue.ofText("x"))))
        .toCompletableFuture()
        .join();

    assertThat(registry.getMeters())
        .noneMatch(meter -> meter.getId().toString().contains("8841"))
        .anyMatch(meter -> "unknown".equals(meter.getId().getTag("element")));
  }

  /** Protects the element ssn and knows no other. */
  private static final class Echo implements ProtectionEngine {
    @Override
    public CompletionStage<List<Outcome>> protect(Call call, List<ProtectItem> items) {
      return CompletableFuture.completedFuture(items.stream()
          .<Outcome>map(item -> item.element().equals("ssn")
              ? new Outcome.Protected("token", 1, "", false)
              : new Outcome.Refused(RefusalCode.UNKNOWN_ELEMENT, "unknown"))
          .toList());
    }

    @Override
    public CompletionStage<List<Outcome>> reveal(Call call, List<RevealItem> items) {
      return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletionStage<List<Outcome>> index(Call call, List<ProtectItem> items) {
      return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletionStage<List<Outcome>> renew(Call call, List<RevealItem> items) {
      return CompletableFuture.completedFuture(List.of());
    }
  }
}
