package dev.phial.gateway.engine;

import java.util.Map;

/**
 * A document to seal or to open.
 *
 * @param element the data element's name in the policy
 * @param context the caller's own context; the same to seal and to open; usually empty
 */
public record DocumentItem(String element, Map<String, String> context) {

  public DocumentItem {
    context = Map.copyOf(context);
  }

  @Override
  public String toString() {
    return "DocumentItem[element=" + element + "]";
  }
}
