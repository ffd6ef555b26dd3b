package dev.phial.gateway.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Results as JSON, one object a line. */
final class JsonLine {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonLine() {}

  static String of(int number, LineResult result) {
    return write(generator -> {
      generator.writeNumberField("line", number);
      if (result.text() != null) {
        generator.writeStringField("value", result.text());
      }
      for (Map.Entry<String, Object> detail : result.details().entrySet()) {
        generator.writeFieldName(detail.getKey());
        write(generator, detail.getValue());
      }
      if (result.refusal() != null) {
        generator.writeStringField("message", result.refusal());
      }
    });
  }

  private static void write(JsonGenerator generator, Object value) throws IOException {
    if (value instanceof List<?> list) {
      generator.writeStartArray();
      for (Object item : list) {
        generator.writeObject(item);
      }
      generator.writeEndArray();
    } else {
      generator.writeObject(value);
    }
  }

  static String write(Fields fields) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(text)) {
      generator.writeStartObject();
      fields.write(generator);
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** Writes the fields of one object. */
  @FunctionalInterface
  interface Fields {
    void write(JsonGenerator generator) throws IOException;
  }
}
