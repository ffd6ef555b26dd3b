package dev.phial.gateway.logs.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.phial.masking.LogEvent;
import dev.phial.masking.Masked;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A body, and the places in it that are masked. All other bytes stay what they are. A place belongs to an event, which is a
 * stretch of the body; an event of which the policy drops a field is left out whole. Built by one thread.
 */
final class SlottedBody {
  private enum Kind {
    /** Bytes that are masked as they stand. */
    PLAIN,
    /** A JSON object or array, which is JSON again when it is masked. */
    JSON,
    /** A JSON string or number, which becomes a string when it is masked. */
    SCALAR
  }

  private record Slot(int start, int end, int event, Kind kind) {}

  private record Stretch(int start, int end) {}

  private final byte[] body;
  private final List<Slot> slots = new ArrayList<>();
  private final List<LogEvent> events = new ArrayList<>();
  private final List<Stretch> stretches = new ArrayList<>();
  private int from;

  SlottedBody(byte[] body) {
    this.body = body;
  }

  /** What is to be masked. */
  List<LogEvent> events() {
    return events;
  }

  /** How many events there are. */
  int size() {
    return stretches.size();
  }

  /** Bytes that are masked as they stand. */
  void plain(String key, int start, int end) {
    slots.add(new Slot(start, end, size(), Kind.PLAIN));
    events.add(new LogEvent(key, java.util.Arrays.copyOfRange(body, start, end)));
  }

  /** The JSON value whose first token is the parser's; the parser is left at its last. */
  void json(String key, JsonParser parser) throws IOException {
    json(key, parser, 0);
  }

  /** As {@link #json}, for a parser that began at {@code offset}. */
  void json(String key, JsonParser parser, int offset) throws IOException {
    int start = offset + (int) parser.currentTokenLocation().getByteOffset();
    JsonToken token = parser.currentToken();
    switch (token) {
      case START_OBJECT, START_ARRAY -> {
        parser.skipChildren();
        int end = offset + (int) parser.currentLocation().getByteOffset();
        slots.add(new Slot(start, end, size(), Kind.JSON));
        events.add(new LogEvent(key, java.util.Arrays.copyOfRange(body, start, end)));
      }
      case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        String text = parser.getText();
        int end = offset + (int) parser.currentLocation().getByteOffset();
        slots.add(new Slot(start, end, size(), Kind.SCALAR));
        events.add(new LogEvent(key, text.getBytes(StandardCharsets.UTF_8)));
      }
      default -> {
        // true, false and null say nothing about anybody
      }
    }
  }

  /** The event whose places have been named ends here, and the next one begins. */
  void endEvent(int end) {
    stretches.add(new Stretch(from, end));
    from = end;
  }

  /** What is left of a body. */
  @SuppressWarnings("ArrayRecordComponent") // made here, written once
  record Rest(byte[] body, int events) {}

  /**
   * The body with what became of each of {@link #events}.
   *
   * @throws IllegalStateException when JSON would not be JSON any more
   */
  Rest masked(List<Masked> masked) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length);
    int slot = 0;
    int kept = 0;
    for (int i = 0; i < stretches.size(); i++) {
      int end = slot;
      while (end < slots.size() && slots.get(end).event() == i) {
        end++;
      }
      if (masked.subList(slot, end).stream().allMatch(Masked.Event.class::isInstance)) {
        write(stretches.get(i), slot, end, masked, out);
        kept++;
      }
      slot = end;
    }
    if (kept > 0) {
      out.write(body, from, body.length - from);
    }
    return new Rest(out.toByteArray(), kept);
  }

  private void write(
      Stretch stretch, int slot, int end, List<Masked> masked, ByteArrayOutputStream out) {
    int at = stretch.start();
    for (int i = slot; i < end; i++) {
      out.write(body, at, slots.get(i).start() - at);
      at = slots.get(i).end();
      if (masked.get(i) instanceof Masked.Event event) {
        out.writeBytes(written(i, event.content()));
      }
    }
    out.write(body, at, stretch.end() - at);
  }

  private byte[] written(int i, byte[] content) {
    Slot slot = slots.get(i);
    boolean changed = content != events.get(i).content();
    if (!changed && slot.kind() == Kind.SCALAR) {
      return java.util.Arrays.copyOfRange(body, slot.start(), slot.end());
    }
    if (slot.kind() == Kind.SCALAR) {
      return Json.quoted(new String(content, StandardCharsets.UTF_8));
    }
    if (changed && slot.kind() == Kind.JSON && !Json.valid(content)) {
      throw new IllegalStateException("masked JSON is no longer JSON");
    }
    return content;
  }
}
