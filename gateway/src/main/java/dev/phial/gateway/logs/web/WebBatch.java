package dev.phial.gateway.logs.web;

import dev.phial.gateway.logs.buffer.Parcel;
import dev.phial.gateway.logs.intake.Batch;
import dev.phial.masking.LogEvent;
import dev.phial.masking.Masked;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request with a body of text.
 *
 * @param path where it goes, without the query
 * @param type its content type
 * @param fields header fields that go on, by their names, and are of no person
 */
record WebBatch(String path, Query query, String type, Map<String, String> fields, SlottedBody body)
    implements Batch {
  /** A parcel's fields: the path with its query, the content type; others are header fields. */
  static final String PATH = ":path";

  static final String TYPE = "content-type";

  @Override
  public List<LogEvent> events() {
    List<LogEvent> all = new ArrayList<>(query.events());
    all.addAll(body.events());
    return all;
  }

  @Override
  public int size() {
    return body.size();
  }

  @Override
  public Optional<Parcel> masked(List<Masked> masked) {
    int parameters = query.events().size();
    SlottedBody.Rest rest = body.masked(masked.subList(parameters, masked.size()));
    if (rest.events() == 0) {
      return Optional.empty();
    }
    Map<String, String> told = new LinkedHashMap<>(fields);
    told.put(PATH, path + query.masked(masked.subList(0, parameters)));
    told.put(TYPE, type);
    return Optional.of(new Parcel(rest.events(), told, ByteBuffer.wrap(rest.body())));
  }
}
