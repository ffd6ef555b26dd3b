package dev.phial.gateway.logs.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.phial.gateway.logs.web.LokiPush.Entry;
import dev.phial.gateway.logs.web.LokiPush.Stream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code {"streams":[{"stream":{...},"values":[["time","line",{...}]]}]}}; anything else is refused. */
final class LokiJson {
  private final JsonParser parser;

  private LokiJson(JsonParser parser) {
    this.parser = parser;
  }

  static List<Stream> read(byte[] body) {
    try (JsonParser parser = Json.parser(body)) {
      return new LokiJson(parser).push();
    } catch (IOException e) {
      throw malformed();
    }
  }

  private static WebRefusal malformed() {
    return WebRefusal.malformed("the body is not streams with labels and values");
  }

  private void expect(JsonToken token) throws IOException {
    if (parser.nextToken() != token) {
      throw malformed();
    }
  }

  private List<Stream> push() throws IOException {
    expect(JsonToken.START_OBJECT);
    List<Stream> streams = new ArrayList<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      if (!parser.currentName().equals("streams")) {
        throw malformed();
      }
      expect(JsonToken.START_ARRAY);
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        streams.add(stream());
      }
    }
    if (parser.nextToken() != null) {
      throw malformed();
    }
    return streams;
  }

  private Stream stream() throws IOException {
    Map<String, String> labels = Map.of();
    List<Entry> entries = new ArrayList<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      switch (parser.currentName()) {
        case "stream" -> {
          expect(JsonToken.START_OBJECT);
          labels = texts();
        }
        case "values" -> {
          expect(JsonToken.START_ARRAY);
          while (parser.nextToken() == JsonToken.START_ARRAY) {
            entries.add(entry());
          }
        }
        default -> throw malformed();
      }
    }
    return new Stream(labels, entries);
  }

  private Entry entry() throws IOException {
    expect(JsonToken.VALUE_STRING);
    String time = parser.getText();
    expect(JsonToken.VALUE_STRING);
    String line = parser.getText();
    Map<String, String> metadata = Map.of();
    if (parser.nextToken() == JsonToken.START_OBJECT) {
      metadata = texts();
      parser.nextToken();
    }
    if (parser.currentToken() != JsonToken.END_ARRAY || !time.matches("[0-9]{1,19}")) {
      throw malformed();
    }
    return new Entry(time, line, metadata);
  }

  private Map<String, String> texts() throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      expect(JsonToken.VALUE_STRING);
      texts.put(name, parser.getText());
    }
    return texts;
  }
}
