package dev.phial.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fpe.Ff1Engine;
import dev.phial.crypto.key.UsageLimit;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.identity.Caller;
import dev.phial.gateway.keys.KeyCare;
import dev.phial.gateway.keys.KeyEvents;
import dev.phial.gateway.keys.KeyLimits;
import dev.phial.gateway.keys.Keysets;
import dev.phial.gateway.policy.Element;
import dev.phial.gateway.policy.Identifier;
import dev.phial.gateway.policy.Mask;
import dev.phial.gateway.policy.Policy;
import dev.phial.gateway.policy.Protection;
import dev.phial.gateway.policy.Protection.SealedForm;
import dev.phial.gateway.policy.Reveal;
import dev.phial.gateway.policy.Role;
import dev.phial.gateway.store.InMemoryKeysetStore;
import dev.phial.kms.KekRef;
import dev.phial.kms.testkit.FaultInjectingKms;
import dev.phial.kms.testkit.InMemoryKms;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Threat T3 as a caller sees it: real keysets, a real engine, and more values than a key may protect. */
class KeyLimitEndToEndTest {
  private static final int LIMIT = 1_000;
  private static final KekRef KEK = new KekRef("memory", "default");
  private static final Policy POLICY = new Policy(
      "digest",
      Map.of(
          "name",
          new Element(
              "name", Identifier.NAME, new Protection.Encrypt(SealedForm.TEXT, false), Mask.ALL)),
      List.of(),
      Map.of(
          "application",
          new Role(
              "application", Set.of("TREAT"), Set.of("*"), Map.of("*", Reveal.PLAINTEXT), false)));
  private static final Call CALL = new Call(
      new Caller("app@mercy", "mercy", Set.of("application"), Set.of("TREAT"), Caller.Method.JWT),
      "TREAT",
      "test",
      "r1");

  private final FaultInjectingKms kms = new FaultInjectingKms(InMemoryKms.with(KEK));
  private final Map<Integer, AtomicInteger> sealed = new ConcurrentHashMap<>();
  private final ProtectionEngine engine = engine(1_000);

  private ProtectionEngine engine(int keysetsInMemory) {
    KeyLimits limits =
        new KeyLimits(new UsageLimit(LIMIT, 1L << 40), keysetsInMemory, Duration.ofMinutes(5));
    Keysets keysets = new Keysets(
        new InMemoryKeysetStore(),
        Map.of("memory", kms),
        KEK,
        new SecureRandom(),
        InstantSource.system(),
        new KeyCare(limits, KeyEvents.NONE, System::nanoTime));
    return new PolicyEngine(
        () -> POLICY,
        keysets,
        Protectors.create(FipsModule.start(), Ff1Engine.COMPOSED, Clock.systemUTC()),
        EngineLimits.DEFAULT,
        Runnable::run);
  }

  private static ProtectItem item() {
    return new ProtectItem(
        "name", PlainValue.ofText("Achterberg"), Map.of(), ProtectItem.Operation.AS_POLICY);
  }

  private List<Outcome> protect(int values) {
    List<ProtectItem> items = IntStream.range(0, values).mapToObj(i -> item()).toList();
    List<Outcome> outcomes = engine.protect(CALL, items).toCompletableFuture().join();
    for (Outcome outcome : outcomes) {
      int version = ((Outcome.Protected) outcome).keyVersion();
      sealed.computeIfAbsent(version, v -> new AtomicInteger()).incrementAndGet();
    }
    return outcomes;
  }

  @Test
  void T3_64_threads_protect_100000_values_and_no_key_more_than_its_1000() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(64);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int t = 0; t < 64; t++) {
        running.add(threads.submit(() -> {
          for (int i = 0; i < 100_000 / 64 / 5; i++) {
            protect(5);
          }
        }));
      }
      for (Future<?> some : running) {
        some.get();
      }
    } finally {
      threads.shutdownNow();
    }
    int sum = sealed.values().stream().mapToInt(AtomicInteger::get).sum();
    assertThat(sum).isEqualTo(64 * (100_000 / 64 / 5) * 5);
    assertThat(sealed.values()).allMatch(count -> count.get() <= LIMIT);
  }

  @Test
  void T3_the_limit_in_an_outage_is_an_error_and_not_the_old_key() {
    String before = ((Outcome.Protected) protect(1).get(0)).text();
    kms.breakDown();
    Throwable refused = catchThrowable(() -> {
      for (int i = 0; i < LIMIT; i++) {
        protect(1);
      }
    });
    assertThat(refused).isInstanceOf(CompletionException.class);
    assertThat(EngineException.of(refused).code()).isEqualTo(RefusalCode.KEYS_UNAVAILABLE);
    assertThat(EngineException.of(refused))
        .hasMessageContaining("version 1")
        .hasMessageContaining("has protected as much as it may")
        .hasMessageContaining("the KMS does not answer");
    assertThat(sealed).containsOnlyKeys(1);
    assertThat(Objects.requireNonNull(sealed.get(1)).get()).isBetween(LIMIT - LIMIT / 64, LIMIT);
    assertThat(reveal(before)).isEqualTo("Achterberg");

    kms.heal();
    protect(1);
    assertThat(sealed).containsOnlyKeys(1, 2);
  }

  private String reveal(String text) {
    RevealItem item = new RevealItem("name", text, Map.of(), 0, ProtectItem.Operation.AS_POLICY);
    Outcome outcome =
        engine.reveal(CALL, List.of(item)).toCompletableFuture().join().get(0);
    return ((Outcome.Revealed) outcome).value().text();
  }

  @Test
  void a_batch_that_meets_the_end_of_a_key_in_its_middle_is_wholly_under_the_next() {
    protect(LIMIT - 10);
    List<Outcome> batch = protect(200);
    assertThat(batch)
        .extracting(outcome -> ((Outcome.Protected) outcome).keyVersion())
        .containsOnly(2);
  }

  @Test
  void calls_of_more_tenants_than_fit_into_memory_all_succeed() throws Exception {
    ProtectionEngine crowded = engine(2);
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int t = 0; t < 16; t++) {
        Call call = new Call(
            new Caller(
                "app@t" + t, "t" + t, Set.of("application"), Set.of("TREAT"), Caller.Method.JWT),
            "TREAT",
            "test",
            "r1");
        running.add(threads.submit(() -> {
          for (int i = 0; i < 50; i++) {
            List<Outcome> outcomes = crowded
                .protect(call, List.of(item(), item()))
                .toCompletableFuture()
                .join();
            assertThat(outcomes).allMatch(outcome -> outcome instanceof Outcome.Protected);
          }
        }));
      }
      for (Future<?> some : running) {
        some.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
