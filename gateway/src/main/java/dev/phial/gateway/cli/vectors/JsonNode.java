package dev.phial.gateway.cli.vectors;

import dev.phial.crypto.selftest.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value of a vector file and its place in it, which an error names.
 *
 * @param where the file and the path in it
 * @param value a Map, a List, a String, a Long, a Boolean or null
 */
record JsonNode(String where, @Nullable Object value) {

  Optional<JsonNode> find(String name) {
    return value instanceof Map<?, ?> members && members.containsKey(name)
        ? Optional.of(new JsonNode(where + "." + name, members.get(name)))
        : Optional.empty();
  }

  JsonNode get(String name) {
    return find(name)
        .orElseThrow(() -> new VectorFileException(where + "." + name + " is missing"));
  }

  boolean isList() {
    return value instanceof List;
  }

  List<JsonNode> items() {
    if (!(value instanceof List<?> list)) {
      throw unlike("a list");
    }
    List<JsonNode> items = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      items.add(new JsonNode(where + "[" + i + "]", list.get(i)));
    }
    return items;
  }

  String text() {
    if (value instanceof String text) {
      return text;
    }
    throw unlike("a text");
  }

  long number() {
    if (value instanceof Long number) {
      return number;
    }
    throw unlike("a whole number");
  }

  int integer() {
    long number = number();
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw unlike("a number from 0 to " + Integer.MAX_VALUE);
    }
    return (int) number;
  }

  Octets octets() {
    try {
      return Octets.hex(text());
    } catch (IllegalArgumentException e) {
      throw unlike("hexadecimal");
    }
  }

  private VectorFileException unlike(String wanted) {
    return new VectorFileException(where + " is not " + wanted);
  }
}
