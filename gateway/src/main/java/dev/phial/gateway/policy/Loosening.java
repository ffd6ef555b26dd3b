package dev.phial.gateway.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What a policy lets happen that another one does not. Errs on the side of telling: a change whose effect is not certain to be
 * none or a tightening is told, for somebody to look at. An empty answer means that nothing is looser.
 */
public final class Loosening {
  private final Policy before;
  private final Policy after;
  private final List<String> found = new ArrayList<>();

  private Loosening(Policy before, Policy after) {
    this.before = before;
    this.after = after;
  }

  /** The differences, each with its place in the policy; elements first, then routes, roles and logs. */
  public static List<String> between(Policy before, Policy after) {
    Loosening loosening = new Loosening(before, after);
    loosening.elements();
    loosening.routes();
    loosening.roles();
    loosening.logs();
    return List.copyOf(loosening.found);
  }

  private void tell(String place, String what) {
    found.add(place + ": " + what);
  }

  private void elements() {
    new TreeMap<>(before.elements()).forEach((name, old) -> {
      Element now = after.elements().get(name);
      if (now == null) {
        tell("elements." + name, "is gone; what it protected is protected no more");
      } else {
        element("elements." + name, old, now);
      }
    });
  }

  private void element(String place, Element old, Element now) {
    if (!same(old.protection(), now.protection())
        && !(now.protection() instanceof Protection.Redact)) {
      tell(place + ".protect", "is another rule; look whether it protects less");
    }
    if (now.mask().keepFirst() > old.mask().keepFirst()
        || now.mask().keepLast() > old.mask().keepLast()) {
      tell(place + ".mask", "keeps more of the value");
    }
  }

  /** Formats and rules of generalization are compared by their permanent words. */
  private static boolean same(Protection old, Protection now) {
    if (old instanceof Protection.Tokenize was && now instanceof Protection.Tokenize is) {
      return was.format().spec().equals(is.format().spec()) && was.keyVersion() == is.keyVersion();
    }
    if (old instanceof Protection.Vaulted was && now instanceof Protection.Vaulted is) {
      return was.format()
              .map(format -> format.spec())
              .equals(is.format().map(format -> format.spec()))
          && was.tokens() == is.tokens()
          && was.ttl().equals(is.ttl());
    }
    return old.equals(now) || Explanation.sameGeneralization(old, now);
  }

  private void routes() {
    Map<String, HttpRoute> now = new HashMap<>();
    after.httpRoutes().forEach(route -> now.putIfAbsent(route.path(), route));
    Map<String, HttpRoute> was = new HashMap<>();
    before.httpRoutes().forEach(route -> was.putIfAbsent(route.path(), route));
    before.httpRoutes().stream()
        .filter(route -> !now.containsKey(route.path()))
        .forEach(route ->
            tell(place(route), "is gone; what it took may fit another route, or find none"));
    after.httpRoutes().stream()
        .filter(route -> !was.containsKey(route.path()))
        .forEach(route -> tell(place(route), "is new; requests that were refused may pass"));
    if (!common(before, now.keySet()).equals(common(after, was.keySet()))) {
      tell("http", "routes are in another order, or a path is there more or less often");
    }
    was.forEach((path, route) -> {
      HttpRoute next = now.get(path);
      if (next != null) {
        route(place(route), route, next);
      }
    });
  }

  private static List<String> common(Policy policy, Set<String> paths) {
    return policy.httpRoutes().stream()
        .map(HttpRoute::path)
        .filter(paths::contains)
        .toList();
  }

  private static String place(HttpRoute route) {
    return "http " + route.path();
  }

  private void route(String place, HttpRoute old, HttpRoute now) {
    added(old.methods(), now.methods())
        .ifNotEmpty(more -> tell(place + ".methods", "takes more: " + more));
    added(old.queryAllowed(), now.queryAllowed())
        .ifNotEmpty(more -> tell(place + ".query.allow", "lets pass more: " + more));
    if (!old.upstream().equals(now.upstream()) || old.content() != now.content()) {
      tell(place, "goes to another upstream, or takes other bodies");
    }
    if (!now.queryBound().entrySet().containsAll(old.queryBound().entrySet())) {
      tell(place + ".query.bind", "protects less, or as another element");
    }
    if (!now.parameters().entrySet().containsAll(old.parameters().entrySet())) {
      tell(place + ".parameters", "protects less, or as another element");
    }
    if (!old.patients().equals(now.patients())
        || !old.patientParameter().equals(now.patientParameter())) {
      tell(place + ".patient", "says otherwise whose values there are");
    }
    bindings(place + ".select", old.bindings(), now.bindings());
  }

  private void bindings(String place, List<Binding> old, List<Binding> now) {
    old.stream()
        .filter(binding -> !now.contains(binding))
        .forEach(binding -> tell(
            place,
            "does not bind " + binding.selector().source() + " to " + binding.element()
                + " as it did"));
    // The first selector that finds a value counts, so one that comes earlier takes values away
    // from those after it.
    if (!now.isEmpty()
        && now.containsAll(old)
        && !now.stream().filter(old::contains).toList().equals(old)) {
      tell(place, "has its selectors in another order");
    }
    Set<Binding> known = Set.copyOf(old);
    int lastKnown = now.size() - 1;
    while (lastKnown >= 0 && !known.contains(now.get(lastKnown))) {
      lastKnown--;
    }
    now.subList(0, lastKnown + 1).stream()
        .filter(binding -> !known.contains(binding))
        .forEach(binding -> tell(
            place,
            "binds " + binding.selector().source() + " to " + binding.element()
                + " before selectors that there were"));
  }

  private void roles() {
    new TreeMap<>(after.roles()).forEach((name, now) -> {
      Role none = new Role(name, Set.of(), Set.of(), Map.of(), false);
      role("access." + name, before.roles().getOrDefault(name, none), now);
    });
  }

  private void role(String place, Role old, Role now) {
    if (now.administer() && !old.administer()) {
      tell(place + ".administer", "administers");
    }
    // Of a role that is new, what it gives is told below.
    Set<String> purposes = before.roles().containsKey(old.name()) ? old.purposes() : now.purposes();
    added(purposes, now.purposes())
        .ifNotEmpty(more -> tell(place + ".purposes", "counts for more: " + more));
    new TreeSet<>(before.elements().keySet())
        .stream()
            .filter(after.elements()::containsKey)
            .forEach(element -> access(place, element, old, now));
  }

  private void access(String place, String element, Role old, Role now) {
    Reveal was = Access.granted(old, element);
    Reveal is = Access.granted(now, element);
    if (is.compareTo(was) < 0) {
      tell(place + ".reveal." + element, word(is) + ", was " + word(was));
    }
    if (Access.sends(now, element) && !Access.sends(old, element)) {
      tell(place + ".protect." + element, "may be sent in");
    }
  }

  private void logs() {
    if (!before.logs().equals(after.logs())) {
      tell("logs", "are masked otherwise; look whether less is found, or less is hidden");
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static More added(Set<String> old, Set<String> now) {
    return new More(now.stream()
        .filter(name -> !old.contains(name))
        .sorted()
        .collect(Collectors.joining(", ")));
  }

  /** Names that there were not before, in one text. */
  private record More(String names) {
    void ifNotEmpty(Consumer<String> use) {
      if (!names.isEmpty()) {
        use.accept(names);
      }
    }
  }
}
