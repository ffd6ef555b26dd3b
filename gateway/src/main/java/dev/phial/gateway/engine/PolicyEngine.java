package dev.phial.gateway.engine;

import dev.phial.gateway.engine.ElementProtector.Subject;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.keys.KeyResolver;
import dev.phial.gateway.policy.Access;
import dev.phial.gateway.policy.Element;
import dev.phial.gateway.policy.Policy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The engine's core: decides by the policy, resolves the keys of a batch in one go, and does the cryptography element by
 * element, so that tokens of one element run in lockstep. Audit and metrics are wrapped around it.
 */
public final class PolicyEngine implements ProtectionEngine {
  private final Supplier<Policy> policy;
  private final KeyResolver keys;
  private final Protectors protectors;
  private final EngineLimits limits;
  private final Executor cryptoPool;

  /**
   * @param policy the policy in force; read once for each batch
   * @param cryptoPool where batches over {@link EngineLimits#inlineBytes} are worked on; smaller ones run where the keys
   *     became known
   */
  public PolicyEngine(
      Supplier<Policy> policy,
      KeyResolver keys,
      Protectors protectors,
      EngineLimits limits,
      Executor cryptoPool) {
    this.policy = policy;
    this.keys = keys;
    this.protectors = protectors;
    this.limits = limits;
    this.cryptoPool = cryptoPool;
  }

  @Override
  public CompletionStage<List<Outcome>> protect(Call call, List<ProtectItem> items) {
    long bytes = 0;
    for (ProtectItem item : items) {
      bytes += item.value().length();
    }
    Access access = new Access(policy.get());
    Batch<ProtectItem> batch =
        Batch.of(items, item -> admitProtect(access, call, item.element(), item.operation()));
    return work(
        call,
        batch,
        bytes,
        (group, resolved) -> group
            .protector()
            .protect(
                new Subject(call.caller().tenant(), group.element()), resolved, group.items()));
  }

  @Override
  public CompletionStage<List<Outcome>> reveal(Call call, List<RevealItem> items) {
    long bytes = 0;
    for (RevealItem item : items) {
      bytes += item.value().length();
    }
    Access access = new Access(policy.get());
    Batch<RevealItem> batch = Batch.of(items, item -> admitReveal(access, call, item));
    return work(
        call,
        batch,
        bytes,
        (group, resolved) -> new Revealer(
                group.protector(), new Subject(call.caller().tenant(), group.element()), resolved)
            .reveal(access.reveal(call, group.element().name()), group.items()));
  }

  @Override
  public CompletionStage<List<Outcome>> renew(Call call, List<RevealItem> items) {
    long bytes = 0;
    for (RevealItem item : items) {
      bytes += item.value().length();
    }
    Access access = new Access(policy.get());
    Batch<RevealItem> batch =
        Batch.of(items, item -> admitProtect(access, call, item.element(), item.operation()));
    return work(
        call,
        batch,
        bytes,
        (group, resolved) -> new Renewal(
                group.protector(), new Subject(call.caller().tenant(), group.element()), resolved)
            .renew(group.items()));
  }

  @Override
  public CompletionStage<List<Outcome>> index(Call call, List<ProtectItem> items) {
    long bytes = 0;
    for (ProtectItem item : items) {
      bytes += item.value().length();
    }
    Access access = new Access(policy.get());
    Indexer indexer = protectors.indexer();
    Batch<ProtectItem> batch = Batch.of(items, item -> admitIndex(access, call, item.element()));
    return work(
        call,
        batch,
        bytes,
        (group, needs) -> indexer.declareNeeds(needs),
        (group, resolved) -> indexer.digests(
            new Subject(call.caller().tenant(), group.element()), resolved, group.items()));
  }

  private Admission admitIndex(Access access, Call call, String name) {
    Admission admission = admitProtect(access, call, name, ProtectItem.Operation.AS_POLICY);
    return admission instanceof Admission.Admitted admitted
            && Indexing.rule(admitted.element()).isEmpty()
        ? Admission.refused(
            RefusalCode.INVALID_VALUE,
            "element " + name + " has no index in the policy; it needs encrypt: { index: ... }")
        : admission;
  }

  private Admission admitProtect(
      Access access, Call call, String element, ProtectItem.Operation operation) {
    return admit(access, element, operation, () -> access.mayProtect(call, element), "protect");
  }

  private Admission admitReveal(Access access, Call call, RevealItem item) {
    // Whether and how a caller may see the element is decided in Revealer: to see nothing is an
    // answer, not a refusal.
    return admit(access, item.element(), item.operation(), () -> access.hasRole(call), "reveal");
  }

  private Admission admit(
      Access access,
      String name,
      ProtectItem.Operation asked,
      Supplier<Boolean> permitted,
      String verb) {
    Element element = access.policy().element(name).orElse(null);
    if (element == null) {
      return Admission.refused(RefusalCode.UNKNOWN_ELEMENT, "the policy has no such element");
    }
    if (!permitted.get()) {
      return Admission.refused(
          RefusalCode.PERMISSION_DENIED,
          "no role of this caller may " + verb + " element " + name + " for this purpose of use");
    }
    ElementProtector protector = protectors.of(element.protection());
    if (asked != ProtectItem.Operation.AS_POLICY && asked != protector.operation()) {
      return Admission.refused(
          RefusalCode.INVALID_VALUE,
          "element " + name + " is not protected by " + rules(asked)
              + " in the policy; call the method for its rule");
    }
    return new Admission.Admitted(element, protector);
  }

  private static String rules(ProtectItem.Operation asked) {
    return switch (asked) {
      case TOKENIZE -> "tokens";
      case ENCRYPT -> "encryption";
      default -> "a rule without a way back";
    };
  }

  private <T> CompletionStage<List<Outcome>> work(
      Call call, Batch<T> batch, long bytes, GroupWork<T> work) {
    return work(
        call,
        batch,
        bytes,
        (group, needs) -> group.protector().declareNeeds(group.element(), needs),
        work);
  }

  private <T> CompletionStage<List<Outcome>> work(
      Call call,
      Batch<T> batch,
      long bytes,
      BiConsumer<Group<T>, KeyNeeds> wanted,
      GroupWork<T> work) {
    if (batch.size() > limits.batchItems() || bytes > limits.batchBytes()) {
      return CompletableFuture.failedFuture(new EngineException(
          RefusalCode.TOO_LARGE,
          "one call takes at most " + limits.batchItems() + " values and " + limits.batchBytes()
              + " bytes; split it"));
    }
    KeyNeeds needs = new KeyNeeds();
    batch.groups().forEach(group -> wanted.accept(group, needs));
    Function<ResolvedKeys, List<Outcome>> job =
        resolved -> guarded(() -> batch.outcomes(work, resolved));
    CompletionStage<ResolvedKeys> resolved = needs.resolve(keys, call.caller().tenant());
    CompletionStage<List<Outcome>> done = bytes <= limits.inlineBytes()
        ? resolved.thenApply(job)
        : resolved.thenApplyAsync(job, cryptoPool);
    return done.exceptionallyCompose(
        failure -> CompletableFuture.failedFuture(EngineException.of(failure)));
  }

  /** The FIPS module throws {@link Error} for some refusals: none may kill the thread that works. */
  private static List<Outcome> guarded(Supplier<List<Outcome>> job) {
    try {
      return job.get();
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Error e) {
      throw new EngineException(
          RefusalCode.INTERNAL,
          "the cryptographic module refused the operation; see the gateway's log",
          e);
    }
  }

  /** The work on one element's share of a batch. */
  @FunctionalInterface
  interface GroupWork<T> {
    List<Outcome> apply(Group<T> group, ResolvedKeys keys);
  }

  /** Whether an item may go on, and to whom. */
  sealed interface Admission {
    record Admitted(Element element, ElementProtector protector) implements Admission {}

    record Denied(Outcome.Refused refusal) implements Admission {}

    static Admission refused(RefusalCode code, String message) {
      return new Denied(new Outcome.Refused(code, message));
    }
  }

  /** The items of one element, with their places in the batch. */
  record Group<T>(
      Element element, ElementProtector protector, List<T> items, List<Integer> places) {}

  /** A batch sorted into groups; refused items have their outcome already. */
  record Batch<T>(int size, List<Group<T>> groups, Map<Integer, Outcome> refused) {

    static <T> Batch<T> of(List<T> items, Function<T, Admission> admission) {
      Map<String, Group<T>> groups = new LinkedHashMap<>();
      Map<Integer, Outcome> refused = new LinkedHashMap<>();
      for (int place = 0; place < items.size(); place++) {
        T item = items.get(place);
        Admission decided = admission.apply(item);
        if (decided instanceof Admission.Admitted admitted) {
          Group<T> group = groups.computeIfAbsent(
              admitted.element().name(),
              name -> new Group<>(
                  admitted.element(), admitted.protector(), new ArrayList<>(), new ArrayList<>()));
          group.items().add(item);
          group.places().add(place);
        } else if (decided instanceof Admission.Denied denied) {
          refused.put(place, denied.refusal());
        }
      }
      return new Batch<>(items.size(), List.copyOf(groups.values()), refused);
    }

    List<Outcome> outcomes(GroupWork<T> work, ResolvedKeys keys) {
      Outcome[] outcomes = new Outcome[size];
      refused.forEach((place, outcome) -> outcomes[place] = outcome);
      for (Group<T> group : groups) {
        List<Outcome> done = work.apply(group, keys);
        for (int i = 0; i < done.size(); i++) {
          outcomes[group.places().get(i)] = done.get(i);
        }
      }
      return List.of(outcomes);
    }
  }
}
