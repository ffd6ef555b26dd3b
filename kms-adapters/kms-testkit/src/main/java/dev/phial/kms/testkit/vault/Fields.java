package dev.phial.kms.testkit.vault;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;

/** The parameters of a request. */
record Fields(JsonNode body) {

  Fields only(String... known) {
    TreeSet<String> names = new TreeSet<>();
    body.fieldNames().forEachRemaining(names::add);
    names.removeAll(Set.of(known));
    if (!names.isEmpty()) {
      throw new VaultRefusal(400, "unknown parameter: " + names.first());
    }
    return this;
  }

  String text(String name) {
    return body.path(name).asText("");
  }

  String required(String name) {
    String text = text(name);
    if (text.isEmpty()) {
      throw new VaultRefusal(400, "missing " + name);
    }
    return text;
  }

  byte[] bytes(String name) {
    try {
      return Base64.getDecoder().decode(text(name));
    } catch (IllegalArgumentException e) {
      throw new VaultRefusal(400, "failed to base64-decode " + name);
    }
  }
}
