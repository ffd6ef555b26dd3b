package dev.phial.gateway.yaml;

import dev.phial.gateway.yaml.YamlTree.Entry;
import dev.phial.gateway.yaml.YamlTree.Mapping;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The members of a mapping whose keys are known beforehand. Ask for each of them, then call {@link #done}, which refuses
 * every key that was not asked for.
 */
public final class YamlFields {
  private final YamlNode node;
  private final Mapping mapping;
  private final Problems problems;
  private final Set<String> known = new LinkedHashSet<>();

  YamlFields(YamlNode node, Mapping mapping, Problems problems) {
    this.node = node;
    this.mapping = mapping;
    this.problems = problems;
  }

  /** The member, when it is there. */
  public Optional<YamlNode> optional(String key) {
    known.add(key);
    return mapping.get(key).map(value -> new YamlNode(value, path(key), problems));
  }

  /** The member; a problem when it is not there. */
  public Optional<YamlNode> required(String key) {
    Optional<YamlNode> member = optional(key);
    if (member.isEmpty() && node.tree() instanceof Mapping) {
      node.refuse("'" + key + "' is missing");
    }
    return member;
  }

  /** Required text, {@code ""} and a problem when it is not there. */
  public String text(String key) {
    return required(key).map(YamlNode::text).orElse("");
  }

  /** Optional text. */
  public String text(String key, String fallback) {
    return optional(key).map(YamlNode::text).orElse(fallback);
  }

  public boolean flag(String key, boolean fallback) {
    return optional(key).map(YamlNode::flag).orElse(fallback);
  }

  public int integer(String key, int least, int most, int fallback) {
    return optional(key).flatMap(value -> value.integer(least, most)).orElse(fallback);
  }

  /** Refuses the keys that nobody asked for. */
  public void done() {
    for (Entry entry : mapping.entries()) {
      if (!known.contains(entry.key())) {
        Origin at = entry.origin();
        problems.add(new Problem(
            at.file(),
            at.line(),
            at.column(),
            path(entry.key()),
            Suggestion.unknown("key", entry.key(), known)));
      }
    }
  }

  private String path(String key) {
    return YamlNode.join(node.path(), key);
  }
}
