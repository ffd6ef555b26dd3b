package dev.phial.gateway.yaml;

import dev.phial.gateway.yaml.YamlTree.Entry;
import dev.phial.gateway.yaml.YamlTree.Kind;
import dev.phial.gateway.yaml.YamlTree.Mapping;
import dev.phial.gateway.yaml.YamlTree.Scalar;
import dev.phial.gateway.yaml.YamlTree.Sequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * From the parser's nodes to our values. Aliases are followed by copying, so a budget bounds how much they can grow (the
 * "billion laughs"), and a depth bounds what contains itself.
 */
final class TreeBuilder {
  static final int MOST_ALIASES = 50;
  private static final int MOST_VALUES = 50_000;
  static final int MOST_DEPTH = 20;
  private static final Map<Tag, Kind> KINDS = Map.of(
      Tag.STR, Kind.TEXT,
      Tag.INT, Kind.INTEGER,
      Tag.FLOAT, Kind.DECIMAL,
      Tag.BOOL, Kind.BOOLEAN,
      Tag.NULL, Kind.NULL);

  private final String file;
  private final Problems problems;
  private int values;

  TreeBuilder(String file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** Nothing, and a problem, when a limit is passed or a tag is met. */
  Optional<YamlTree> build(Node node) {
    return build(node, "", 0);
  }

  private Optional<YamlTree> build(Node node, String path, int depth) {
    if (++values > MOST_VALUES || depth > MOST_DEPTH) {
      return refuse(node, path, "is too deep, or aliases make the document too large");
    }
    if (node instanceof ScalarNode scalar && KINDS.containsKey(node.getTag())) {
      return Optional.of(scalar(scalar));
    }
    if (node instanceof SequenceNode sequence && node.getTag().equals(Tag.SEQ)) {
      return sequence(sequence, path, depth);
    }
    if (node instanceof MappingNode mapping && node.getTag().equals(Tag.MAP)) {
      return mapping(mapping, path, depth);
    }
    return refuse(node, path, "has a tag; tags are not used here, remove it");
  }

  private YamlTree scalar(ScalarNode node) {
    Kind kind = KINDS.getOrDefault(node.getTag(), Kind.TEXT);
    return new Scalar(origin(node), node.getValue(), kind);
  }

  private Optional<YamlTree> sequence(SequenceNode node, String path, int depth) {
    List<YamlTree> items = new ArrayList<>();
    for (Node item : node.getValue()) {
      Optional<YamlTree> built = build(item, path + "[" + items.size() + "]", depth + 1);
      if (built.isEmpty()) {
        return built;
      }
      items.add(built.get());
    }
    return Optional.of(new Sequence(origin(node), items));
  }

  private Optional<YamlTree> mapping(MappingNode node, String path, int depth) {
    List<Entry> entries = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (NodeTuple tuple : node.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        return refuse(tuple.getKeyNode(), path, "has a key that is not plain text");
      }
      String name = key.getValue();
      if (!keys.add(name)) {
        refuse(key, YamlNode.join(path, name), "is written twice; keep one");
        continue;
      }
      Optional<YamlTree> built = build(tuple.getValueNode(), YamlNode.join(path, name), depth + 1);
      if (built.isEmpty()) {
        return built;
      }
      entries.add(new Entry(origin(key), name, built.get()));
    }
    return Optional.of(new Mapping(origin(node), entries));
  }

  private Optional<YamlTree> refuse(Node node, String path, String message) {
    Origin at = origin(node);
    problems.add(new Problem(at.file(), at.line(), at.column(), path, message));
    return Optional.empty();
  }

  private Origin origin(Node node) {
    return node.getStartMark()
        .map(mark -> new Origin(file, mark.getLine() + 1, mark.getColumn() + 1))
        .orElseGet(() -> Origin.of(file));
  }
}
