package dev.phial.gateway.evidence;

import java.util.Map;

/**
 * Something to be stated under a signature. What it says is permanent: name each fact once, never a value of a person, never a
 * key.
 *
 * @param kind what it states
 * @param version which form {@code facts} have, 1 or more; a kind's forms are described in docs/evidence.md
 * @param facts texts, whole numbers below 2^53, booleans, and lists and maps of these
 */
public record Statement(StatementKind kind, int version, Map<String, ?> facts) {
  public Statement {
    if (version < 1) {
      throw new IllegalArgumentException("versions begin at 1");
    }
    facts = Map.copyOf(facts);
  }
}
