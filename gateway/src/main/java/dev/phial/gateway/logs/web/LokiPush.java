package dev.phial.gateway.logs.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.phial.gateway.logs.buffer.Parcel;
import dev.phial.gateway.logs.intake.Batch;
import dev.phial.masking.LogEvent;
import dev.phial.masking.Masked;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is pushed to Loki. It goes on as JSON, also when it came in Protocol Buffers: Loki takes both.
 *
 * @param fields header fields that go on
 */
record LokiPush(List<Stream> streams, Map<String, String> fields) implements Batch {
  static final String PATH = "/loki/api/v1/push";
  private static final JsonFactory FACTORY = new JsonFactory();

  /** A stream: its labels and its entries. */
  record Stream(Map<String, String> labels, List<Entry> entries) {}

  /**
   * A line.
   *
   * @param time in nanoseconds since 1970
   * @param metadata structured metadata
   */
  record Entry(String time, String line, Map<String, String> metadata) {
    /** Without the line. */
    @Override
    public String toString() {
      return "Entry";
    }
  }

  @Override
  public List<LogEvent> events() {
    List<LogEvent> events = new ArrayList<>();
    for (Stream stream : streams) {
      add(stream.labels(), events);
      for (Entry entry : stream.entries()) {
        events.add(new LogEvent("", entry.line().getBytes(StandardCharsets.UTF_8)));
        add(entry.metadata(), events);
      }
    }
    return events;
  }

  private static void add(Map<String, String> fields, List<LogEvent> events) {
    fields.forEach(
        (name, value) -> events.add(new LogEvent(name, value.getBytes(StandardCharsets.UTF_8))));
  }

  @Override
  public int size() {
    return streams.stream().mapToInt(stream -> stream.entries().size()).sum();
  }

  @Override
  public Optional<Parcel> masked(List<Masked> masked) {
    Iterator<Masked> next = masked.iterator();
    List<Stream> rest = new ArrayList<>();
    for (Stream stream : streams) {
      Optional<Map<String, String>> labels = take(stream.labels(), next);
      List<Entry> entries = new ArrayList<>();
      for (Entry entry : stream.entries()) {
        Optional<String> line = text(next.next());
        Optional<Map<String, String>> metadata = take(entry.metadata(), next);
        if (labels.isPresent() && line.isPresent() && metadata.isPresent()) {
          entries.add(new Entry(entry.time(), line.get(), metadata.get()));
        }
      }
      if (!entries.isEmpty()) {
        rest.add(new Stream(labels.orElseThrow(), entries));
      }
    }
    return rest.isEmpty() ? Optional.empty() : Optional.of(new LokiPush(rest, fields).parcel());
  }

  private static Optional<String> text(Masked masked) {
    return masked instanceof Masked.Event event
        ? Optional.of(new String(event.content(), StandardCharsets.UTF_8))
        : Optional.empty();
  }

  /** Empty when the policy drops one of them. */
  private static Optional<Map<String, String>> take(
      Map<String, String> fields, Iterator<Masked> next) {
    Map<String, String> taken = new LinkedHashMap<>();
    boolean whole = true;
    for (String name : fields.keySet()) {
      Optional<String> value = text(next.next());
      value.ifPresent(v -> taken.put(name, v));
      whole &= value.isPresent();
    }
    return whole ? Optional.of(taken) : Optional.empty();
  }

  private Parcel parcel() {
    Map<String, String> told = new LinkedHashMap<>(fields);
    told.put(WebBatch.PATH, PATH);
    told.put(WebBatch.TYPE, "application/json");
    return new Parcel(size(), told, ByteBuffer.wrap(json()));
  }

  private byte[] json() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.writeStartObject();
      json.writeArrayFieldStart("streams");
      for (Stream stream : streams) {
        json.writeStartObject();
        json.writeFieldName("stream");
        write(stream.labels(), json);
        json.writeArrayFieldStart("values");
        for (Entry entry : stream.entries()) {
          json.writeStartArray();
          json.writeString(entry.time());
          json.writeString(entry.line());
          if (!entry.metadata().isEmpty()) {
            write(entry.metadata(), json);
          }
          json.writeEndArray();
        }
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void write(Map<String, String> fields, JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, String> field : fields.entrySet()) {
      json.writeStringField(field.getKey(), field.getValue());
    }
    json.writeEndObject();
  }
}
