package dev.phial.gateway.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of the log, as far as the chain needs to know it.
 *
 * @param head the record's number and the hash it claims
 * @param prev the hash that it claims for the record before
 * @param authentic whether the claimed hash is the right one
 */
record RecordLine(AuditHead head, String prev, boolean authentic) {
  private static final Pattern SHAPE = Pattern.compile(
      "(\\{\"v\":1,\"seq\":([1-9][0-9]{0,17}),.*,\"prev\":\"([0-9a-f]{64})\"),\"hash\":\"([0-9a-f]{64})\"}");

  /** Nothing when the line, without its end, is no record of a known version. */
  static Optional<RecordLine> parse(String line) {
    Matcher shape = SHAPE.matcher(line);
    if (!shape.matches()) {
      return Optional.empty();
    }
    String hash = hash((shape.group(1) + "}").getBytes(StandardCharsets.ISO_8859_1));
    AuditHead head = new AuditHead(Long.parseLong(shape.group(2)), shape.group(4));
    return Optional.of(new RecordLine(head, shape.group(3), hash.equals(shape.group(4))));
  }

  /** What is wrong with {@code line} after {@code previous}; nothing when it is the next record of the chain. */
  static Optional<String> defect(String line, AuditHead previous) {
    Optional<RecordLine> parsed = parse(line);
    if (parsed.isEmpty()) {
      return Optional.of("is not a record");
    }
    RecordLine record = parsed.get();
    if (!record.authentic()) {
      return Optional.of("was changed: its hash does not fit");
    }
    if (record.head().seq() != previous.seq() + 1) {
      return Optional.of("has number " + record.head().seq() + " where " + (previous.seq() + 1)
          + " was expected: records were removed or moved");
    }
    return record.prev().equals(previous.hash())
        ? Optional.empty()
        : Optional.of("does not follow the record before it");
  }

  static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
