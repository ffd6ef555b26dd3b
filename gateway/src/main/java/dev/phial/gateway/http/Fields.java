package dev.phial.gateway.http;

import java.util.List;
import java.util.Optional;

/** The header fields of a message, in their order. */
record Fields(List<Field> fields) {

  /** One field. */
  record Field(String name, String value) {
    @Override
    public String toString() {
      return "Field[" + name + "]";
    }
  }

  Fields {
    fields = List.copyOf(fields);
  }

  List<String> all(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .toList();
  }

  Optional<String> first(String name) {
    for (Field field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        return Optional.of(field.value());
      }
    }
    return Optional.empty();
  }

  boolean has(String name) {
    return first(name).isPresent();
  }
}
