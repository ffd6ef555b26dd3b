package dev.phial.gateway.http;

import dev.phial.gateway.policy.Policy;
import dev.phial.gateway.transform.BodyRules;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The routes of one policy. Immutable.
 *
 * @param policy whose
 * @param routes in the order of the policy
 */
record RouteTable(Policy policy, List<Route> routes) {

  static RouteTable of(Policy policy) {
    return new RouteTable(
        policy,
        policy.httpRoutes().stream()
            .map(route -> new Route(route, BodyRules.compile(route, policy)))
            .toList());
  }

  /**
   * The first route that fits path and method.
   *
   * @throws Refusal 404 when no route has the path, 405 when none that has it takes the method
   */
  Route match(List<String> path, String method) {
    return first(route -> route.fits(path) && route.http().methods().contains(method))
        .orElseThrow(() -> refused(path));
  }

  private Refusal refused(List<String> path) {
    return first(route -> route.fits(path)).isPresent()
        ? new Refusal(
            405, "method-not-allowed", "the policy's routes for this path do not take this method")
        : new Refusal(
            404, "no-route", "no route of the policy fits this path; add it under bindings.http");
  }

  /** The first route that fits the path, whatever the method. */
  Optional<Route> first(List<String> path) {
    return first(route -> route.fits(path));
  }

  private Optional<Route> first(Predicate<Route> test) {
    return routes.stream().filter(test).findFirst();
  }
}
