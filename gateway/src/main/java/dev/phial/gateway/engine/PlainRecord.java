package dev.phial.gateway.engine;

import java.util.Map;

/**
 * A record to seal.
 *
 * @param name the record's name, such as {@code patient}: bound to it, so that one kind of record never passes for another
 * @param fields values by element name
 * @param context the caller's own context; the same must be given to reveal; usually empty
 */
public record PlainRecord(
    String name, Map<String, PlainValue> fields, Map<String, String> context) {

  public PlainRecord {
    fields = Map.copyOf(fields);
    context = Map.copyOf(context);
  }

  /** Bytes of all values. */
  long bytes() {
    return fields.values().stream().mapToLong(PlainValue::length).sum();
  }

  @Override
  public String toString() {
    return "PlainRecord[" + fields.size() + " fields]";
  }
}
