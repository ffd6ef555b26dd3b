package dev.phial.gateway.http;

import dev.phial.gateway.policy.HttpRoute;
import java.util.List;
import java.util.regex.Pattern;

/** Query parameters pass when the route allows them or protects them; any other is refused, since it may carry PHI. */
final class QueryRules {
  /** A name that may be repeated in an error; others are told by their number. */
  private static final Pattern SHOWN = Pattern.compile("[A-Za-z_][A-Za-z_:.-]{0,63}");

  private QueryRules() {}

  static void check(List<Target.Parameter> query, HttpRoute route) {
    for (int i = 0; i < query.size(); i++) {
      String name = query.get(i).name();
      if (!route.queryAllowed().contains(name) && !route.queryBound().containsKey(name)) {
        throw new Refusal(
            400,
            "query-parameter",
            "the route " + route.path() + " neither allows nor protects query parameter "
                + (SHOWN.matcher(name).matches() ? "'" + name + "'" : "number " + (i + 1))
                + "; leave it out, or name it in the policy");
      }
    }
  }
}
