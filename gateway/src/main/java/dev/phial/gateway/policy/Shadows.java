package dev.phial.gateway.policy;

import dev.phial.gateway.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds routes that no request can reach, because earlier ones take them all. */
final class Shadows {
  private record Route(RoutePattern pattern, Set<String> methods, String path) {}

  private final List<Route> earlier = new ArrayList<>();

  /** Refuses the route when the earlier ones take all of its methods; then counts it among them. */
  void add(RoutePattern pattern, Set<String> methods, String path, YamlNode node) {
    Set<String> left = new HashSet<>(methods);
    for (Route route : earlier) {
      if (route.pattern().covers(pattern) && left.removeAll(route.methods()) && left.isEmpty()) {
        node.refuse("can never be reached: " + route.path()
            + " above takes its requests; put this route first or remove it");
      }
    }
    earlier.add(new Route(pattern, methods, path));
  }
}
