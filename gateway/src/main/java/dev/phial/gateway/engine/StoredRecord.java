package dev.phial.gateway.engine;

import java.util.List;
import java.util.Map;

/**
 * A sealed record to open.
 *
 * @param name the record's name given to protect
 * @param text what protect gave
 * @param elements which fields are wanted; empty for all
 * @param context the context given to protect
 */
public record StoredRecord(
    String name, String text, List<String> elements, Map<String, String> context) {

  public StoredRecord {
    elements = List.copyOf(elements);
    context = Map.copyOf(context);
  }

  @Override
  public String toString() {
    return "StoredRecord[" + text.length() + " characters]";
  }
}
