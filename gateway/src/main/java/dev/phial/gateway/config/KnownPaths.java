package dev.phial.gateway.config;

import dev.phial.gateway.yaml.Origin;
import dev.phial.gateway.yaml.YamlTree;
import dev.phial.gateway.yaml.YamlTree.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The keys that a variable or a flag may set: those of {@link ConfigKeys} with the names and list items that the file has,
 * and the adapters' settings that the file has.
 */
final class KnownPaths {
  private static final YamlTree NOTHING = new Mapping(Origin.of(""), List.of());
  private static final List<Pattern> PATTERNS =
      ConfigKeys.ALL.stream().map(KnownPaths::pattern).toList();

  private final YamlTree document;
  private final Set<String> paths = new LinkedHashSet<>();

  KnownPaths(YamlTree document) {
    this.document = document;
    ConfigKeys.ALL.stream()
        .filter(key -> !key.endsWith("**"))
        .forEach(key -> expand(List.of(key.split("\\.", -1)), List.of(), document));
    leaves("kms", document.child("kms").orElse(NOTHING));
  }

  Set<String> all() {
    return paths;
  }

  /** Whether a flag may set the path: flags may bring new names too, but not new list items. */
  boolean settable(String path) {
    return PATTERNS.stream().anyMatch(pattern -> pattern.matcher(path).matches())
        && (paths.contains(path) || !path.matches(".*\\.[0-9]+\\..*"));
  }

  /** Variable to the paths it could mean: one, unless names in the file differ by punctuation or letter case only. */
  Map<String, List<String>> byVariable() {
    Map<String, List<String>> variables = new TreeMap<>();
    for (String path : paths) {
      variables.computeIfAbsent(variable(path), name -> new ArrayList<>()).add(path);
    }
    return variables;
  }

  static String variable(String path) {
    return "PHIAL_" + path.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
  }

  /** The values of the file's {@code env} settings: variables that hold secrets. */
  Set<String> secretVariables() {
    Set<String> variables = new LinkedHashSet<>();
    for (String path : paths) {
      if (path.endsWith(".env")) {
        value(path).ifPresent(variables::add);
      }
    }
    return variables;
  }

  private Optional<String> value(String path) {
    YamlTree tree = document;
    for (String name : path.split("\\.", -1)) {
      tree = tree.child(name).orElse(NOTHING);
    }
    return tree instanceof YamlTree.Scalar scalar ? Optional.of(scalar.text()) : Optional.empty();
  }

  private void expand(List<String> key, List<String> path, YamlTree tree) {
    if (key.isEmpty()) {
      paths.add(String.join(".", path));
      return;
    }
    String first = key.get(0);
    boolean open = first.equals("*") || first.equals("#");
    for (String name : open ? tree.names() : List.of(first)) {
      List<String> longer = new ArrayList<>(path);
      longer.add(name);
      expand(key.subList(1, key.size()), longer, tree.child(name).orElse(NOTHING));
    }
  }

  private void leaves(String path, YamlTree tree) {
    if (tree instanceof YamlTree.Scalar) {
      paths.add(path);
    }
    for (String name : tree.names()) {
      leaves(path + "." + name, tree.child(name).orElse(NOTHING));
    }
  }

  private static Pattern pattern(String key) {
    List<String> parts = new ArrayList<>();
    for (String part : key.split("\\.", -1)) {
      parts.add(
          switch (part) {
            case "**" -> "[A-Za-z0-9_-]{1,64}(\\.[A-Za-z0-9_-]{1,64}){0,4}";
            case "*" -> "[A-Za-z0-9_-]{1,64}";
            case "#" -> "[0-9]{1,4}";
            default -> part;
          });
    }
    return Pattern.compile(String.join("\\.", parts));
  }
}
