package dev.phial.gateway.config;

import dev.phial.gateway.yaml.Origin;
import dev.phial.gateway.yaml.Problem;
import dev.phial.gateway.yaml.Problems;
import dev.phial.gateway.yaml.Suggestion;
import dev.phial.gateway.yaml.YamlTree;
import dev.phial.gateway.yaml.YamlTree.Kind;
import dev.phial.gateway.yaml.YamlTree.Scalar;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Puts the environment's and the flags' settings over the file's. A {@code PHIAL_} variable that means nothing is refused: a
 * misspelt one must not be ignored.
 */
final class Overrides {
  private static final String UPSTREAM = "PHIAL_UPSTREAM";

  /** Read by the launcher and the commands, not by the gateway. */
  private static final Set<String> OTHERS = Set.of(
      "PHIAL_ADMIN_SERVER",
      "PHIAL_ADMIN_TOKEN",
      "PHIAL_BUILD",
      "PHIAL_CONFIG",
      "PHIAL_HOME",
      "PHIAL_JAVA",
      "PHIAL_JAVA_OPTS",
      "PHIAL_SERVER",
      "PHIAL_TOKEN");

  /** What Kubernetes puts into every container of a namespace that has a Service named phial or phial-something. */
  private static final Pattern SERVICE_LINK = Pattern.compile(
      "PHIAL_(.*_)?(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT(_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)");

  private final Problems problems;
  private final KnownPaths known;
  private YamlTree document;

  private Overrides(YamlTree document, Problems problems) {
    this.document = document;
    this.known = new KnownPaths(document);
    this.problems = problems;
  }

  static YamlTree apply(
      YamlTree document, Map<String, String> environment, List<String> sets, Problems problems) {
    Overrides overrides = new Overrides(document, problems);
    overrides.environment(environment);
    sets.forEach(overrides::flag);
    return overrides.document;
  }

  private void environment(Map<String, String> environment) {
    Map<String, List<String>> variables = known.byVariable();
    Set<String> secrets = known.secretVariables();
    new TreeMap<>(environment).forEach((name, value) -> {
      if (name.equals(UPSTREAM)) {
        onlyUpstream(value);
      } else if (variables.containsKey(name)) {
        variable(name, variables.get(name), value);
      } else if (name.startsWith("PHIAL_")
          && !secrets.contains(name)
          && !OTHERS.contains(name)
          && !SERVICE_LINK.matcher(name).matches()) {
        refuse(
            name,
            Suggestion.unknown("setting", name, variables.keySet())
                + "; unset it, or see docs/configuration.md");
      }
    });
  }

  private void variable(String name, List<String> paths, String value) {
    if (paths.size() > 1) {
      refuse(name, "could mean " + String.join(" and ", paths) + "; use --set");
    } else {
      set(paths.get(0), value, name);
    }
  }

  private void onlyUpstream(String value) {
    List<String> names = document.child("upstreams").map(YamlTree::names).orElse(List.of());
    if (names.size() != 1) {
      refuse(
          UPSTREAM,
          "is for a configuration with exactly one upstream; use PHIAL_UPSTREAMS_NAME_URL");
    } else {
      set("upstreams." + names.get(0) + ".url", value, UPSTREAM);
    }
  }

  private void flag(String set) {
    int equals = set.indexOf('=');
    String path = equals < 0 ? "" : set.substring(0, equals).strip();
    if (path.isEmpty()) {
      refuse(
          "--set",
          "is written --set key=value, such as --set listeners.http.address=127.0.0.1:8080");
    } else if (!known.settable(path)) {
      refuse("--set " + path, Suggestion.unknown("setting", path, known.all()));
    } else {
      set(path, set.substring(equals + 1), "--set " + path);
    }
  }

  private void set(String path, String value, String source) {
    Scalar scalar = new Scalar(Origin.of(source), value, Kind.ANY);
    document = document.with(List.of(path.split("\\.")), scalar);
  }

  private void refuse(String source, String message) {
    problems.add(new Problem(source, 0, 0, "", message));
  }
}
