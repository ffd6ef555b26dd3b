package dev.phial.gateway.logs.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** JSON as it is taken here: UTF-8 and nothing else, no name twice, no deeper than 200. */
final class Json {
  private static final int MOST_DEPTH = 200;
  private static final int MOST_STRING = 64 << 20;
  private static final JsonFactory FACTORY = JsonFactory.builder()
      .disable(JsonFactory.Feature.CHARSET_DETECTION)
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .streamReadConstraints(StreamReadConstraints.builder()
          .maxNestingDepth(MOST_DEPTH)
          .maxStringLength(MOST_STRING)
          .build())
      .build();

  private Json() {}

  /**
   * A parser over bytes that are checked to be UTF-8 first.
   *
   * @throws WebRefusal when they are not
   */
  static JsonParser parser(byte[] bytes) throws IOException {
    requireUtf8(bytes);
    return FACTORY.createParser(bytes);
  }

  static JsonParser parser(byte[] bytes, int start, int end) throws IOException {
    return FACTORY.createParser(bytes, start, end - start);
  }

  static void requireUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    } catch (CharacterCodingException e) {
      throw WebRefusal.malformed("the body is not UTF-8");
    }
  }

  /** Whether bytes are one JSON value. */
  static boolean valid(byte[] bytes) {
    try (JsonParser parser = parser(bytes)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (IOException | WebRefusal e) {
      return false;
    }
  }

  /** Text as a JSON string, with its quotes. */
  static byte[] quoted(String text) {
    return ("\"" + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"")
        .getBytes(StandardCharsets.UTF_8);
  }
}
