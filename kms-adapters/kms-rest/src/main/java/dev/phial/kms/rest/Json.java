package dev.phial.kms.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON object as paths and texts: {@code {"a": {"b": true}}} is {@code a.b = "true"}. Arrays are passed over. Immutable;
 * not shown, because answers hold keys and tokens.
 */
public final class Json {
  private static final int MOST_LEVELS = 16;
  private static final JsonFactory FACTORY = JsonFactory.builder()
      .streamReadConstraints(
          StreamReadConstraints.builder().maxNestingDepth(MOST_LEVELS).build())
      .build();

  private final Map<String, String> values;

  private Json(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads an object.
   *
   * @throws IOException when it is none
   */
  public static Json parse(byte[] body) throws IOException {
    Map<String, String> values = new HashMap<>();
    try (JsonParser parser = FACTORY.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not a JSON object");
      }
      read(parser, "", values);
    }
    return new Json(values);
  }

  private static void read(JsonParser parser, String path, Map<String, String> values)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = path + parser.currentName();
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_OBJECT) {
        read(parser, name + ".", values);
      } else if (token == JsonToken.START_ARRAY) {
        parser.skipChildren();
      } else if (token != JsonToken.VALUE_NULL) {
        values.put(name, parser.getText());
      }
    }
    if (parser.currentToken() != JsonToken.END_OBJECT) {
      throw new IOException("a JSON object is cut short");
    }
  }

  /** A flat object with texts. */
  public static byte[] write(Map<String, String> values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator generator = FACTORY.createGenerator(out)) {
      generator.writeStartObject();
      for (Map.Entry<String, String> value : values.entrySet()) {
        generator.writeStringField(value.getKey(), value.getValue());
      }
      generator.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory does not fail", e);
    }
    return out.toByteArray();
  }

  public Optional<String> find(String path) {
    return Optional.ofNullable(values.get(path));
  }

  /** The text at a path, {@code ""} when there is none. */
  public String text(String path) {
    return values.getOrDefault(path, "");
  }

  @Override
  public String toString() {
    return "Json[" + values.size() + " values]";
  }
}
