package dev.phial.gateway.audit;

import dev.phial.gateway.audit.AuditEvent.ElementCount;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/**
 * One record, version 1, frozen by a golden file: a JSON object on a line of its own, members always in this order. {@code
 * hash} is SHA-256 over the object without its member {@code hash}; {@code prev} is the hash of the record before.
 *
 * @param line the whole line, its end included
 * @param head the chain's head with this record
 */
record ChainedRecord(String line, AuditHead head) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
          "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
      .withZone(ZoneOffset.UTC);

  /** The record of {@code event} after {@code previous}. */
  static ChainedRecord of(AuditEvent event, Instant time, AuditHead previous) {
    long seq = previous.seq() + 1;
    RecordText text = new RecordText();
    text.raw("{\"v\":1,\"seq\":").number(seq);
    text.raw(",\"time\":").string(TIME.format(time));
    text.raw(",\"action\":").string(event.action());
    text.raw(",\"subject\":").string(event.subject());
    text.raw(",\"tenant\":").string(event.tenant());
    text.raw(",\"purpose\":").string(event.purpose());
    text.raw(",\"channel\":").string(event.channel());
    text.raw(",\"request_id\":").string(event.requestId());
    text.raw(",\"outcome\":").string(event.outcome());
    elements(text, event);
    details(text, event);
    text.raw(",\"prev\":").string(previous.hash());
    String open = text.toString();
    String hash = RecordLine.hash((open + "}").getBytes(StandardCharsets.US_ASCII));
    return new ChainedRecord(open + ",\"hash\":\"" + hash + "\"}\n", new AuditHead(seq, hash));
  }

  private static void elements(RecordText text, AuditEvent event) {
    String separator = ",\"elements\":[";
    for (ElementCount count : event.elements()) {
      text.raw(separator).raw("{\"element\":").string(count.element());
      text.raw(",\"result\":").string(count.result());
      text.raw(",\"key_version\":").number(count.keyVersion());
      text.raw(",\"count\":").number(count.count()).raw("}");
      separator = ",";
    }
    text.raw(event.elements().isEmpty() ? separator : "").raw("]");
  }

  private static void details(RecordText text, AuditEvent event) {
    String separator = ",\"details\":{";
    for (Map.Entry<String, String> detail : event.sortedDetails().entrySet()) {
      text.raw(separator).string(detail.getKey()).raw(":").string(detail.getValue());
      separator = ",";
    }
    text.raw(event.details().isEmpty() ? separator : "").raw("}");
  }
}
