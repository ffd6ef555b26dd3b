package dev.phial.gateway.engine;

import java.util.Map;

/**
 * A protected value to reveal.
 *
 * @param element the data element's name in the policy
 * @param value what {@code protect} gave, as text
 * @param context the context given to {@code protect}
 * @param keyVersion the key version kept beside a token whose element says {@code key_version: beside}; otherwise 0
 * @param operation the rule that the caller expects the element to have
 */
public record RevealItem(
    String element,
    String value,
    Map<String, String> context,
    int keyVersion,
    ProtectItem.Operation operation) {

  public RevealItem {
    context = Map.copyOf(context);
  }

  /** An item revealed as its element's rule says, without context. */
  public static RevealItem of(String element, String value) {
    return new RevealItem(element, value, Map.of(), 0, ProtectItem.Operation.AS_POLICY);
  }

  @Override
  public String toString() {
    return "RevealItem[element=" + element + "]";
  }
}
