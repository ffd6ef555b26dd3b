package dev.phial.gateway.yaml;

import java.util.List;
import java.util.Optional;

/** A YAML document as plain values with their origins: tags resolved, aliases followed, keys unique. Immutable. */
public sealed interface YamlTree {

  Origin origin();

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
  }

  /** One member of a mapping. */
  record Entry(Origin origin, String key, YamlTree value) {}
}
