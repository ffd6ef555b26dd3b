package dev.phial.gateway.yaml;

import dev.phial.gateway.yaml.YamlTree.Entry;
import dev.phial.gateway.yaml.YamlTree.Kind;
import dev.phial.gateway.yaml.YamlTree.Mapping;
import dev.phial.gateway.yaml.YamlTree.Scalar;
import dev.phial.gateway.yaml.YamlTree.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A place in a document, read as what is expected there. When something else stands there the problem is collected and a
 * harmless value comes back, so that reading goes on and finds the other problems too.
 */
public final class YamlNode {
  private final YamlTree tree;
  private final String path;
  private final Problems problems;

  public YamlNode(YamlTree tree, String path, Problems problems) {
    this.tree = tree;
    this.path = path;
    this.problems = problems;
  }

  static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  public String path() {
    return path;
  }

  public YamlTree tree() {
    return tree;
  }

  public boolean isScalar() {
    return tree instanceof Scalar;
  }

  /** Collects a problem at this place. */
  public void refuse(String message) {
    Origin at = tree.origin();
    problems.add(new Problem(at.file(), at.line(), at.column(), path, message));
  }

  /** Text that is not empty, as it was written, also when YAML would take it for a number; {@code ""} otherwise. */
  public String text() {
    return parse(Function.identity()).orElse("");
  }

  /**
   * What {@code parser} makes of the text; its {@link IllegalArgumentException} becomes a problem, so the message must not
   * repeat the text when that may be secret.
   */
  public <T> Optional<T> parse(Function<String, T> parser) {
    return scalar("text", Kind.TEXT).flatMap(text -> {
      if (text.isBlank()) {
        refuse("is empty");
        return Optional.empty();
      }
      return parsed(text, parser);
    });
  }

  /** A whole number between two bounds, both allowed. */
  public Optional<Integer> integer(int least, int most) {
    return scalar("a whole number", Kind.INTEGER)
        .flatMap(text -> parsed(text, digits -> {
          String problem = "must be a whole number between " + least + " and " + most;
          if (!digits.matches("-?[0-9]{1,9}")) {
            throw new IllegalArgumentException(problem);
          }
          int number = Integer.parseInt(digits);
          if (number < least || number > most) {
            throw new IllegalArgumentException(problem);
          }
          return number;
        }));
  }

  /** {@code true} or {@code false}. */
  public boolean flag() {
    return scalar("true or false", Kind.BOOLEAN)
        .flatMap(text -> parsed(text, YamlNode::flag))
        .orElse(false);
  }

  /** The items of a list; from a flag or a variable, the parts between commas. */
  public List<YamlNode> items() {
    if (tree instanceof Scalar scalar && scalar.kind() == Kind.ANY) {
      List<YamlNode> parts = new ArrayList<>();
      for (String part : scalar.text().split(",", -1)) {
        Scalar item = new Scalar(scalar.origin(), part.strip(), Kind.ANY);
        parts.add(new YamlNode(item, path + "[" + parts.size() + "]", problems));
      }
      return parts;
    }
    if (!(tree instanceof Sequence sequence)) {
      refuse("must be a list");
      return List.of();
    }
    List<YamlNode> items = new ArrayList<>();
    for (YamlTree item : sequence.items()) {
      items.add(new YamlNode(item, path + "[" + items.size() + "]", problems));
    }
    return items;
  }

  /** The members of a mapping whose keys are names that the file's author chose, in order. */
  public Map<String, YamlNode> members() {
    Map<String, YamlNode> members = new LinkedHashMap<>();
    for (Entry entry : mapping().entries()) {
      members.put(entry.key(), new YamlNode(entry.value(), join(path, entry.key()), problems));
    }
    return members;
  }

  /** The members of a mapping whose keys are known beforehand. */
  public YamlFields fields() {
    return new YamlFields(this, mapping(), problems);
  }

  private Mapping mapping() {
    if (tree instanceof Mapping mapping) {
      return mapping;
    }
    refuse("must be a mapping (key: value)");
    return new Mapping(tree.origin(), List.of());
  }

  private Optional<String> scalar(String expected, Kind kind) {
    if (tree instanceof Scalar scalar && taken(scalar.kind(), kind)) {
      return Optional.of(scalar.text());
    }
    refuse("must be " + expected);
    return Optional.empty();
  }

  private static boolean taken(Kind kind, Kind expected) {
    return kind == expected || kind == Kind.ANY || (expected == Kind.TEXT && kind != Kind.NULL);
  }

  private <T> Optional<T> parsed(String text, Function<String, T> parser) {
    try {
      return Optional.of(parser.apply(text));
    } catch (IllegalArgumentException e) {
      refuse(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }
}
