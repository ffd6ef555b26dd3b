package dev.phial.masking.treat;

import dev.phial.masking.Identifier;
import dev.phial.masking.KeyedTreatment;
import dev.phial.masking.KeyedTreatment.Form;
import dev.phial.masking.KeyedTreatment.Request;
import dev.phial.masking.LogElement;
import dev.phial.masking.LogEvent;
import dev.phial.masking.LogRule;
import dev.phial.masking.Masked;
import dev.phial.masking.Masker;
import dev.phial.masking.MaskingPolicy;
import dev.phial.masking.Treatment;
import dev.phial.masking.detect.Findings;
import dev.phial.masking.detect.PatternRule;
import dev.phial.masking.detect.UserRule;
import dev.phial.masking.lexicon.KeyBindings;
import dev.phial.masking.structure.EventReader;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Masks by a policy. Immutable and thread-safe: each thread reads events with a reader of its own. */
public final class PolicyMasker implements Masker {
  private final Map<Identifier, LogElement> byIdentifier = new EnumMap<>(Identifier.class);
  private final List<LogElement> bound = new ArrayList<>();
  private final ThreadLocal<EventReader> readers;
  private final ThreadLocal<Splice> splices = ThreadLocal.withInitial(Splice::new);
  private final @Nullable KeyedTreatment keyed;

  /**
   * A masker.
   *
   * @param keyed who makes tokens and digests; empty when nobody can
   * @throws IllegalArgumentException when the policy needs keys and nobody has them, or a key or pattern is none
   */
  public PolicyMasker(MaskingPolicy policy, Optional<KeyedTreatment> keyed) {
    Optional<LogElement> needs = policy.keyed();
    if (needs.isPresent() && keyed.isEmpty()) {
      throw new IllegalArgumentException("element " + needs.get().name()
          + " is to become a token or a digest, which only a gateway with keys can make");
    }
    this.keyed = keyed.orElse(null);
    byIdentifier.putAll(policy.detected());
    KeyBindings bindings = new KeyBindings();
    policy.keys().forEach((key, element) -> bindings.bind(key, element.identifier(), add(element)));
    List<UserRule> rules = new ArrayList<>();
    for (LogRule rule : policy.rules()) {
      rules.add(new PatternRule(rule, add(rule.element())));
    }
    boolean values = needsValues(policy);
    this.readers = ThreadLocal.withInitial(() -> new EventReader(bindings, rules, values));
  }

  /**
   * Refuses a policy that no masker could follow.
   *
   * @throws IllegalArgumentException naming the key or the pattern
   */
  public static void check(MaskingPolicy policy) {
    KeyBindings bindings = new KeyBindings();
    policy.keys().forEach((key, element) -> bindings.bind(key, element.identifier(), 0));
    policy.rules().forEach(rule -> new PatternRule(rule, 0));
  }

  private int add(LogElement element) {
    bound.add(element);
    return bound.size() - 1;
  }

  private static boolean needsValues(MaskingPolicy policy) {
    List<LogElement> all = new ArrayList<>(policy.detected().values());
    all.addAll(policy.keys().values());
    policy.rules().forEach(rule -> all.add(rule.element()));
    return all.stream()
        .map(LogElement::treatment)
        .anyMatch(t -> t.keyed() || t instanceof Treatment.Mask);
  }

  @Override
  public CompletionStage<List<Masked>> mask(List<LogEvent> events) {
    List<Masked> done = new ArrayList<>(events.size());
    List<Pending> pending = new ArrayList<>();
    for (LogEvent event : events) {
      Findings findings = readers.get().read(event.key(), event.content());
      Optional<Pending> waits = pending(findings, event, done.size());
      if (waits.isPresent()) {
        pending.add(waits.get());
        done.add(new Masked.Dropped(Map.of())); // its place
      } else {
        done.add(now(findings, event));
      }
    }
    KeyedTreatment with = keyed;
    return pending.isEmpty() || with == null
        ? CompletableFuture.completedFuture(done)
        : Replacing.of(pending, with).thenApply(texts -> finish(done, pending, texts));
  }

  /** Masks one event of a policy without keyed treatments, on this thread. */
  public Masked maskNow(LogEvent event) {
    if (keyed != null) {
      throw new IllegalStateException("a policy with keyed treatments masks through mask()");
    }
    return now(readers.get().read(event.key(), event.content()), event);
  }

  /** What is found in an event, without changing it: for reports and for tests. Good until this thread's next call. */
  public Findings find(LogEvent event) {
    return readers.get().read(event.key(), event.content());
  }

  /** What a finding is by the policy; null when the policy does not look for it. */
  public @Nullable LogElement element(Findings findings, int i) {
    int number = findings.element(i);
    return number >= 0 ? bound.get(number) : byIdentifier.get(findings.identifier(i));
  }

  /** Whether a finding changes the event. */
  public boolean changes(Findings findings, int i) {
    LogElement element = element(findings, i);
    return element != null && !(element.treatment() instanceof Treatment.Leave);
  }

  private Masked now(Findings findings, LogEvent event) {
    int n = findings.count();
    if (n == 0) {
      return new Masked.Event(event.content(), Map.of());
    }
    Map<Identifier, Integer> counts = new EnumMap<>(Identifier.class);
    Splice splice = splices.get().begin(event.content());
    boolean drop = false;
    for (int i = 0; i < n; i++) {
      LogElement element = element(findings, i);
      if (element == null) {
        continue;
      }
      counts.merge(element.identifier(), 1, Integer::sum);
      drop |= element.treatment() instanceof Treatment.Drop;
      if (!(element.treatment() instanceof Treatment.Leave)) {
        splice.put(
            findings.from(i),
            findings.to(i),
            findings.quoteFrom(i),
            findings.quoteTo(i),
            Replacements.plain(element, findings.value(i)));
      }
    }
    return drop ? new Masked.Dropped(counts) : new Masked.Event(splice.end(), counts);
  }

  /** An event that waits for keyed texts. */
  record Pending(LogEvent event, int place, List<Found> found) {}

  private Optional<Pending> pending(Findings findings, LogEvent event, int place) {
    if (keyed == null) {
      return Optional.empty();
    }
    boolean waits = false;
    List<Found> found = new ArrayList<>();
    for (int i = 0; i < findings.count(); i++) {
      LogElement element = element(findings, i);
      if (element == null) {
        continue;
      }
      if (element.treatment() instanceof Treatment.Drop) {
        return Optional.empty();
      }
      waits |= element.treatment().keyed() && findings.value(i) != null;
      found.add(new Found(
          findings.from(i),
          findings.to(i),
          findings.quoteFrom(i),
          findings.quoteTo(i),
          element,
          findings.value(i)));
    }
    return waits ? Optional.of(new Pending(event, place, found)) : Optional.empty();
  }

  private List<Masked> finish(
      List<Masked> done, List<Pending> pending, Map<Replacing.Wanted, byte[]> texts) {
    for (Pending event : pending) {
      Splice splice = new Splice().begin(event.event().content());
      Map<Identifier, Integer> counts = new EnumMap<>(Identifier.class);
      for (Found found : event.found()) {
        counts.merge(found.element().identifier(), 1, Integer::sum);
        if (!(found.element().treatment() instanceof Treatment.Leave)) {
          splice.put(
              found.from(), found.to(), found.quoteFrom(), found.quoteTo(), text(found, texts));
        }
      }
      done.set(event.place(), new Masked.Event(splice.end(), counts));
    }
    return done;
  }

  private static byte[] text(Found found, Map<Replacing.Wanted, byte[]> texts) {
    Optional<Replacing.Wanted> wanted = Replacing.wanted(found);
    byte[] text = wanted.map(texts::get).orElse(null);
    return text != null ? text : Replacements.plain(found.element(), found.value());
  }

  /** Asks for keyed texts: once for each element and form, each value once. */
  static final class Replacing {
    private Replacing() {}

    /** A text that is wanted. */
    record Wanted(LogElement element, Form form, String value) {
      @Override
      public String toString() {
        return "Wanted[" + element.name() + "]";
      }
    }

    static Optional<Wanted> wanted(Found found) {
      String value = found.value();
      if (!found.element().treatment().keyed() || value == null) {
        return Optional.empty();
      }
      Form form = found.element().treatment() instanceof Treatment.Token ? Form.TOKEN : Form.DIGEST;
      return Optional.of(new Wanted(found.element(), form, value.strip()));
    }

    static CompletionStage<Map<Wanted, byte[]>> of(List<Pending> pending, KeyedTreatment with) {
      Map<String, Set<Wanted>> groups = new LinkedHashMap<>();
      for (Pending event : pending) {
        for (Found found : event.found()) {
          wanted(found)
              .ifPresent(w -> groups
                  .computeIfAbsent(w.form() + " " + w.element().name(), k -> new LinkedHashSet<>())
                  .add(w));
        }
      }
      CompletionStage<Map<Wanted, byte[]>> all =
          CompletableFuture.completedFuture(new LinkedHashMap<>());
      for (Set<Wanted> group : groups.values()) {
        all = all.thenCombine(ask(List.copyOf(group), with), (texts, more) -> {
          texts.putAll(more);
          return texts;
        });
      }
      return all;
    }

    private static CompletionStage<Map<Wanted, byte[]>> ask(
        List<Wanted> group, KeyedTreatment with) {
      Wanted first = group.get(0);
      Request request = new Request(
          first.element().name(),
          first.form(),
          group.stream().map(Wanted::value).toList());
      return with.replace(request).thenApply(texts -> {
        if (texts.size() != group.size()) {
          throw new IllegalStateException("element " + first.element().name()
              + ": as many texts were expected as values were sent");
        }
        Map<Wanted, byte[]> known = new LinkedHashMap<>();
        for (int i = 0; i < group.size(); i++) {
          Wanted wanted = group.get(i);
          byte[] text = texts
              .get(i)
              .map(t -> Replacements.keyed(wanted.element(), wanted.form(), t))
              .orElse(null);
          if (text != null) {
            known.put(wanted, text);
          }
        }
        return known;
      });
    }
  }
}
