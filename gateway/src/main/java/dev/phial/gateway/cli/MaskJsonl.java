package dev.phial.gateway.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.phial.masking.Identifier;
import dev.phial.masking.LogEvent;
import dev.phial.masking.Masked;
import dev.phial.masking.detect.Findings;
import dev.phial.masking.treat.PolicyMasker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** One line of {@code phial mask --jsonl}. */
final class MaskJsonl {
  private static final JsonFactory JSON = new JsonFactory();

  private MaskJsonl() {}

  static String line(PolicyMasker masker, byte[] line) throws IOException {
    String id = "";
    String text = null;
    try (JsonParser parser = JSON.createParser(line)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        parser.nextToken();
        switch (field) {
          case "id" -> id = parser.getText();
          case "text" -> text = parser.getText();
          default -> parser.skipChildren();
        }
      }
    }
    if (text == null) {
      throw new IOException("a line has no text");
    }
    return result(masker, id, text);
  }

  private static String result(PolicyMasker masker, String id, String text) {
    LogEvent event = LogEvent.of(text.getBytes(StandardCharsets.UTF_8));
    Masked masked = masker.maskNow(event);
    String after =
        masked instanceof Masked.Event e ? new String(e.content(), StandardCharsets.UTF_8) : "";
    Findings findings = masker.find(event);
    return JsonLine.write(json -> {
      json.writeStringField("id", id);
      json.writeStringField("original", text);
      json.writeStringField("masked", after);
      json.writeArrayFieldStart("pred");
      for (int i = 0; i < findings.count(); i++) {
        if (masker.changes(findings, i)) {
          place(json, event.content(), findings, i);
        }
      }
      json.writeEndArray();
    });
  }

  private static void place(JsonGenerator json, byte[] utf8, Findings findings, int i)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("start", characters(utf8, findings.from(i)));
    json.writeNumberField("end", characters(utf8, findings.to(i)));
    json.writeStringField("type", type(findings.identifier(i)));
    json.writeEndObject();
  }

  /** As the scorer's sets call them. */
  private static String type(Identifier identifier) {
    return switch (identifier) {
      case HEALTH_PLAN -> "HPBN";
      case OTHER -> "OTHER_ID";
      default -> identifier.name();
    };
  }

  /** Code points before a byte. */
  private static int characters(byte[] utf8, int to) {
    int n = 0;
    for (int i = 0; i < to; i++) {
      n += (utf8[i] & 0xc0) == 0x80 ? 0 : 1;
    }
    return n;
  }
}
