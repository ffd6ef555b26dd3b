package dev.phial.gateway.logs.syslog;

import dev.phial.gateway.logs.buffer.Parcel;
import dev.phial.gateway.logs.intake.Divisible;
import dev.phial.masking.LogEvent;
import dev.phial.masking.Masked;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Messages that came together. Each is masked whole: the masker reads syslog itself, and keeps its header what it is. They
 * are buffered with their octets counted (RFC 6587, section 3.4.1), as they go over the wire.
 */
record SyslogBatch(List<LogEvent> events) implements Divisible {
  private static final byte[] NOTHING = {};

  SyslogBatch {
    events = List.copyOf(events);
  }

  @Override
  public int size() {
    return events.size();
  }

  @Override
  public Optional<Parcel> masked(List<Masked> masked) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(1 << 12);
    int left = 0;
    for (Masked one : masked) {
      byte[] message = one instanceof Masked.Event event ? event.content() : NOTHING;
      if (message.length > 0) {
        body.writeBytes((message.length + " ").getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(message);
        left++;
      }
    }
    return left == 0
        ? Optional.empty()
        : Optional.of(new Parcel(left, Map.of(), ByteBuffer.wrap(body.toByteArray())));
  }

  @Override
  public List<SyslogBatch> each() {
    return events.stream().map(event -> new SyslogBatch(List.of(event))).toList();
  }
}
