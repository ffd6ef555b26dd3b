package dev.phial.gateway.audit;

import dev.phial.gateway.audit.Verification.Broken;
import dev.phial.gateway.audit.Verification.Intact;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Checks an audit log from its first record to its last, in one pass and little memory. Thread-safe. */
public final class AuditVerifier {

  /** Checks that every record is there, unchanged and in order. */
  public Verification verify(Path file) throws IOException {
    return verify(file, AuditHead.EMPTY);
  }

  /**
   * As {@link #verify(Path)}, and checks that {@code anchor}, noted down elsewhere, is one of the records: this shows that the
   * log was not cut off before it, nor replaced by another.
   */
  public Verification verify(Path file, AuditHead anchor) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return verify(in, anchor);
    }
  }

  private static Verification verify(InputStream in, AuditHead anchor) throws IOException {
    AuditHead head = AuditHead.EMPTY;
    long number = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      number++;
      Optional<String> defect = defect(line, head);
      if (defect.isPresent()) {
        return new Broken(number, head, defect.get());
      }
      head = new AuditHead(head.seq() + 1, claimedHash(line));
      if (head.seq() == anchor.seq() && !head.equals(anchor)) {
        return new Broken(
            number, head, "is not the record that was noted down: the log was replaced");
      }
    }
    return head.seq() < anchor.seq()
        ? new Broken(
            number + 1, head, "is missing: the log was cut off before record " + anchor.seq())
        : new Intact(head);
  }

  private static Optional<String> defect(String line, AuditHead head) {
    return line.endsWith("\n")
        ? RecordLine.defect(line.substring(0, line.length() - 1), head)
        : Optional.of("is incomplete: it has no line end");
  }

  private static String claimedHash(String line) {
    return line.substring(line.length() - 67, line.length() - 3);
  }

  /** The next line with its end, byte for byte; without an end when there is none within any record's length; empty at the end. */
  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    for (int b = in.read(); b >= 0; b = in.read()) {
      line.write(b);
      if (b == '\n' || line.size() > ChainWriter.LONGEST_RECORD) {
        break;
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }
}
