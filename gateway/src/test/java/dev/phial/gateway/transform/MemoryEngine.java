package dev.phial.gateway.transform;

import dev.phial.gateway.engine.EngineException;
import dev.phial.gateway.engine.Outcome;
import dev.phial.gateway.engine.Outcome.RevealForm;
import dev.phial.gateway.engine.PlainValue;
import dev.phial.gateway.engine.ProtectItem;
import dev.phial.gateway.engine.ProtectionEngine;
import dev.phial.gateway.engine.RefusalCode;
import dev.phial.gateway.engine.RevealItem;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.identity.Caller;
import dev.phial.gateway.policy.Mask;
import dev.phial.gateway.policy.Policy;
import dev.phial.gateway.policy.Protection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * A reversible engine that keeps its values in memory: role {@code clinician} sees plaintext, {@code support} masked values,
 * {@code auditor} tokens, anybody else nothing.
 */
public final class MemoryEngine implements ProtectionEngine {
  private final Supplier<Policy> policy;
  private final Map<String, String> tokenOf = new ConcurrentHashMap<>();
  private final Map<String, String> valueOf = new ConcurrentHashMap<>();
  private final AtomicInteger made = new AtomicInteger();
  private final AtomicInteger batches = new AtomicInteger();
  private final AtomicReference<RefusalCode> failure = new AtomicReference<>();

  public MemoryEngine(Supplier<Policy> policy) {
    this.policy = policy;
  }

  /** A caller with one role. */
  public static Call call(String role) {
    return new Call(
        new Caller("test", "clinic", Set.of(role), Set.of("TREAT"), Caller.Method.JWT),
        "TREAT",
        "http",
        "r1");
  }

  /** From now on every batch fails. */
  public void failWith(RefusalCode code) {
    failure.set(code);
  }

  public int batches() {
    return batches.get();
  }

  @Override
  public CompletionStage<List<Outcome>> protect(Call call, List<ProtectItem> items) {
    return answer(() -> items.stream().map(this::protect).toList());
  }

  @Override
  public CompletionStage<List<Outcome>> reveal(Call call, List<RevealItem> items) {
    return answer(() -> items.stream().map(item -> reveal(call, item)).toList());
  }

  @Override
  public CompletionStage<List<Outcome>> index(Call call, List<ProtectItem> items) {
    return answer(() ->
        items.stream().<Outcome>map(item -> new Outcome.Indexed(List.of(), 0)).toList());
  }

  @Override
  public CompletionStage<List<Outcome>> renew(Call call, List<RevealItem> items) {
    return answer(() -> items.stream()
        .<Outcome>map(item -> new Outcome.Protected(item.value(), 1, "", true))
        .toList());
  }

  private CompletionStage<List<Outcome>> answer(Supplier<List<Outcome>> work) {
    batches.incrementAndGet();
    RefusalCode code = failure.get();
    return code == null
        ? CompletableFuture.completedFuture(work.get())
        : CompletableFuture.failedFuture(new EngineException(code, "the engine is told to fail"));
  }

  private Outcome protect(ProtectItem item) {
    Protection rule = policy.get().element(item.element()).orElseThrow().protection();
    String text = item.value().text();
    if (rule instanceof Protection.Redact) {
      return new Outcome.Withheld();
    }
    if (valueOf.containsKey(item.element() + " " + text)) {
      return new Outcome.Protected(text, 1, "", true);
    }
    if (text.startsWith("phial:v1:")) {
      return new Outcome.Refused(
          RefusalCode.INVALID_VALUE, "element " + item.element() + ": not ours");
    }
    if (text.contains("REFUSE")) {
      return new Outcome.Refused(
          RefusalCode.INVALID_VALUE, "element " + item.element() + ": does not fit");
    }
    return new Outcome.Protected(token(item.element(), rule, text), 1, "", false);
  }

  private String token(String element, Protection rule, String text) {
    return tokenOf.computeIfAbsent(element + " " + text, key -> {
      String token = fresh(rule, made.incrementAndGet());
      valueOf.put(element + " " + token, text);
      return token;
    });
  }

  /** Tokens are of their element's format, as those of the real engine are. */
  private static String fresh(Protection rule, int number) {
    if (rule instanceof Protection.Tokenize tokenize) {
      return tokenize.format().spec().equals("uuid")
          ? new UUID(0, number).toString()
          : String.valueOf(9_000_000 + number);
    }
    return "phial:v1:" + number;
  }

  private Outcome reveal(Call call, RevealItem item) {
    String plain = valueOf.get(item.element() + " " + item.value());
    boolean stored = plain == null;
    if (stored && item.value().startsWith("phial:v1:")) {
      return new Outcome.Refused(
          RefusalCode.NOT_AUTHENTIC, "element " + item.element() + ": not authentic");
    }
    String value = plain == null ? item.value() : plain;
    Set<String> roles = call.caller().roles();
    if (roles.contains("clinician")) {
      return revealed(value, stored ? RevealForm.UNPROTECTED : RevealForm.PLAINTEXT);
    }
    if (roles.contains("support")) {
      return revealed(new Mask(0, 2, '*').apply(value), RevealForm.MASKED);
    }
    return roles.contains("auditor")
        ? revealed(item.value(), RevealForm.TOKEN)
        : new Outcome.Withheld();
  }

  private static Outcome revealed(String text, RevealForm form) {
    return new Outcome.Revealed(PlainValue.ofText(text), form);
  }
}
