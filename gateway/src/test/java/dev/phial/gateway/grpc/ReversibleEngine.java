package dev.phial.gateway.grpc;

import dev.phial.gateway.engine.EngineException;
import dev.phial.gateway.engine.Outcome;
import dev.phial.gateway.engine.PlainValue;
import dev.phial.gateway.engine.ProtectItem;
import dev.phial.gateway.engine.ProtectionEngine;
import dev.phial.gateway.engine.RefusalCode;
import dev.phial.gateway.engine.RevealItem;
import dev.phial.gateway.identity.Call;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * An engine without policy or keys: reversible, per tenant, element and context, recording its calls. Some element names stand for
 * what can go wrong; {@code refuse_x} refuses with code X.
 */
final class ReversibleEngine implements ProtectionEngine {
  /** Revealed to nobody. */
  static final String HIDDEN = "hidden";

  /** Fails with an Error before it returns a stage. */
  static final String BROKEN = "broken";

  /** Gives a stage that fails with an Error. */
  static final String BROKEN_LATER = "broken_later";

  /** Fails as a whole, as when the audit log is down. */
  static final String SHUT = "shut";

  /** Waits until {@link #release} is called. */
  static final String SLOW = "slow";

  /** Removes what it is given. */
  static final String GONE = "gone";

  /** Gives one outcome too few. */
  static final String SHORT = "short";

  final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  final CompletableFuture<Void> release = new CompletableFuture<>();
  final CompletableFuture<Void> slowStarted = new CompletableFuture<>();

  @Override
  public CompletionStage<List<Outcome>> protect(Call call, List<ProtectItem> items) {
    List<String> elements = items.stream().map(ProtectItem::element).toList();
    return run(
        call, elements, () -> items.stream().map(item -> protect(call, item)).toList());
  }

  @Override
  public CompletionStage<List<Outcome>> reveal(Call call, List<RevealItem> items) {
    List<String> elements = items.stream().map(RevealItem::element).toList();
    return run(
        call, elements, () -> items.stream().map(item -> reveal(call, item)).toList());
  }

  @Override
  public CompletionStage<List<Outcome>> renew(Call call, List<RevealItem> items) {
    List<String> elements = items.stream().map(RevealItem::element).toList();
    return run(
        call, elements, () -> items.stream().map(item -> renew(call, item)).toList());
  }

  @Override
  public CompletionStage<List<Outcome>> index(Call call, List<ProtectItem> items) {
    List<String> elements = items.stream().map(ProtectItem::element).toList();
    return run(
        call, elements, () -> items.stream().map(item -> index(call, item)).toList());
  }

  private static Outcome index(Call call, ProtectItem item) {
    Outcome made = protect(call, item);
    return made instanceof Outcome.Protected ? new Outcome.Indexed(List.of("new", "old"), 2) : made;
  }

  private static Outcome renew(Call call, RevealItem item) {
    Outcome revealed = reveal(call, item);
    return revealed instanceof Outcome.Revealed
        ? new Outcome.Protected(item.value(), 4, "", false)
        : revealed;
  }

  private CompletionStage<List<Outcome>> run(
      Call call, List<String> elements, Supplier<List<Outcome>> work) {
    calls.add(call);
    if (elements.contains(BROKEN)) {
      throw new AssertionError("the value was 536-27-8841");
    }
    if (elements.contains(BROKEN_LATER)) {
      return CompletableFuture.failedFuture(new AssertionError("the value was 536-27-8841"));
    }
    if (elements.contains(SHUT)) {
      return CompletableFuture.failedFuture(
          new EngineException(RefusalCode.AUDIT_UNAVAILABLE, "the audit log cannot be written"));
    }
    if (elements.contains(SHORT)) {
      return CompletableFuture.completedFuture(List.of());
    }
    if (elements.contains(SLOW)) {
      slowStarted.complete(null);
      return release.thenApplyAsync(
          released -> work.get(), task -> new Thread(task, "slow-engine").start());
    }
    return CompletableFuture.completedFuture(work.get());
  }

  private static Outcome protect(Call call, ProtectItem item) {
    if (item.element().startsWith("refuse_")) {
      return refusal(item.element());
    }
    if (item.element().equals(GONE)) {
      return new Outcome.Withheld();
    }
    String secret = HexFormat.of().formatHex(item.value().bytes());
    return new Outcome.Protected(
        seal(call, item.element(), item.context()) + secret, 3, "index", false);
  }

  private static Outcome reveal(Call call, RevealItem item) {
    if (item.element().startsWith("refuse_")) {
      return refusal(item.element());
    }
    if (item.element().equals(HIDDEN)) {
      return new Outcome.Withheld();
    }
    String seal = seal(call, item.element(), item.context());
    if (!item.value().startsWith(seal)) {
      return new Outcome.Refused(
          RefusalCode.NOT_AUTHENTIC, "not a value of this tenant and element");
    }
    byte[] plain = HexFormat.of().parseHex(item.value().substring(seal.length()));
    return new Outcome.Revealed(PlainValue.ofBytes(plain), Outcome.RevealForm.PLAINTEXT);
  }

  private static Outcome refusal(String element) {
    RefusalCode code =
        RefusalCode.valueOf(element.substring("refuse_".length()).toUpperCase(Locale.ROOT));
    return new Outcome.Refused(code, "refused as the test wants");
  }

  private static String seal(Call call, String element, Map<String, String> context) {
    return call.caller().tenant() + "/" + element + "/" + new TreeMap<>(context) + "/";
  }
}
