package dev.phial.gateway.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A JSON text as its leaves by JSON pointer, in order. */
final class JsonLeaves {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonLeaves() {}

  static Map<String, String> of(String json) {
    Map<String, String> leaves = new LinkedHashMap<>();
    try (JsonParser parser = JSON.createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isScalarValue()) {
          JsonPointer place = parser.getParsingContext().pathAsPointer();
          leaves.put(place.toString(), parser.getText());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the answer is not JSON", e);
    }
    return leaves;
  }
}
