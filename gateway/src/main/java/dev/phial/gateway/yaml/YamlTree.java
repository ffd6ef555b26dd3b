package dev.phial.gateway.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A YAML document as plain values with their origins: tags resolved, aliases followed, keys unique. Immutable. */
public sealed interface YamlTree {

  Origin origin();

  /** The names under which {@link #child} finds something: keys, or places in a list from 0. */
  default List<String> names() {
    if (this instanceof Mapping mapping) {
      return mapping.entries().stream().map(Entry::key).toList();
    }
    if (this instanceof Sequence sequence) {
      return IntStream.range(0, sequence.items().size())
          .mapToObj(Integer::toString)
          .toList();
    }
    return List.of();
  }

  /** What stands under a name. */
  default Optional<YamlTree> child(String name) {
    if (this instanceof Mapping mapping) {
      return mapping.get(name);
    }
    return this instanceof Sequence sequence && names().contains(name)
        ? Optional.of(sequence.items().get(Integer.parseInt(name)))
        : Optional.empty();
  }

  /** This document with {@code value} at {@code path}; mappings that are not there are made. */
  default YamlTree with(List<String> path, Scalar value) {
    if (path.isEmpty()) {
      return value;
    }
    String name = path.get(0);
    YamlTree before = child(name).orElseGet(() -> new Mapping(value.origin(), List.of()));
    YamlTree after = before.with(path.subList(1, path.size()), value);
    return this instanceof Sequence sequence
        ? sequence.with(name, after)
        : (this instanceof Mapping mapping ? mapping : new Mapping(value.origin(), List.of()))
            .with(name, after);
  }

  /** The kinds of scalar. */
  enum Kind {
    TEXT,
    INTEGER,
    DECIMAL,
    BOOLEAN,
    NULL,
    /** From a flag or a variable, where everything is text: taken for what is expected. */
    ANY
  }

  /** A single value as it was written. */
  record Scalar(Origin origin, String text, Kind kind) implements YamlTree {
    /** The text may be a secret that was put here by mistake. */
    @Override
    public String toString() {
      return "Scalar[" + kind + "]";
    }
  }

  record Sequence(Origin origin, List<YamlTree> items) implements YamlTree {
    public Sequence {
      items = List.copyOf(items);
    }

    /** A place that is not there is left out: callers look first. */
    private Sequence with(String place, YamlTree value) {
      List<YamlTree> changed = new ArrayList<>(items);
      int index = names().indexOf(place);
      if (index >= 0) {
        changed.set(index, value);
      }
      return new Sequence(origin, changed);
    }
  }

  record Mapping(Origin origin, List<Entry> entries) implements YamlTree {
    public Mapping {
      entries = List.copyOf(entries);
    }

    public Optional<YamlTree> get(String key) {
      return entries.stream()
          .filter(entry -> entry.key().equals(key))
          .map(Entry::value)
          .findFirst();
    }

    private Mapping with(String key, YamlTree value) {
      List<Entry> changed = new ArrayList<>(entries);
      changed.removeIf(entry -> entry.key().equals(key));
      changed.add(new Entry(value.origin(), key, value));
      return new Mapping(origin, changed);
    }
  }

  /** One member of a mapping. */
  record Entry(Origin origin, String key, YamlTree value) {}
}
