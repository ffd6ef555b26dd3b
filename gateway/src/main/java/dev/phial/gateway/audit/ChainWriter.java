package dev.phial.gateway.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Writes records after one another, a group at a time. After a failure it knows nothing of what the device holds: {@link #open}
 * finds out, and only then the chain goes on, so that no failure leaves a hole in it. For one thread.
 */
final class ChainWriter {
  /** More than the bounds on an event's parts and on its texts allow. */
  static final int LONGEST_RECORD = 2 << 20;

  /** What one write may hold, and so what a crash may tear. */
  static final int LARGEST_GROUP = 4 << 20;

  private final AuditDevice device;
  private final Clock clock;
  private AuditHead head = AuditHead.EMPTY;
  private long end;

  ChainWriter(AuditDevice device, Clock clock) {
    this.device = device;
    this.clock = clock;
  }

  /** Opens the device and goes on after its last good record; what a crash or failure tore is moved aside, and recorded. */
  void open() throws IOException {
    device.close();
    device.open();
    LogTail tail = LogTail.read(device);
    head = tail.head();
    end = tail.end();
    long torn = device.size() - end;
    if (torn > 0) {
      String place = device.setAside(end);
      append(List.of(tornEvent(place, torn)));
    }
  }

  /** Makes the events durable; when this throws, possibly some of them, in order. */
  void append(List<AuditEvent> events) throws IOException {
    StringBuilder lines = new StringBuilder();
    AuditHead last = head;
    for (AuditEvent event : events) {
      ChainedRecord record = ChainedRecord.of(event, clock.instant(), last);
      if (lines.length() + record.line().length() > LARGEST_GROUP) {
        write(lines, last);
      }
      lines.append(record.line());
      last = record.head();
    }
    write(lines, last);
  }

  private void write(StringBuilder lines, AuditHead last) throws IOException {
    byte[] bytes = lines.toString().getBytes(StandardCharsets.US_ASCII);
    device.write(end, ByteBuffer.wrap(bytes));
    head = last;
    end += bytes.length;
    lines.setLength(0);
  }

  AuditHead head() {
    return head;
  }

  void close() throws IOException {
    device.close();
  }

  private static AuditEvent tornEvent(String place, long bytes) {
    return new AuditEvent(
        "recover",
        "phial",
        "",
        "",
        "gateway",
        "",
        "torn",
        List.of(),
        Map.of("moved_to", place, "bytes", Long.toString(bytes)));
  }
}
