package dev.phial.gateway.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The verified end of a log.
 *
 * @param head the last good record
 * @param end where it ends
 */
record LogTail(AuditHead head, long end) {

  /** Enough for the largest group and the record before it. */
  private static final int WINDOW = 2 * ChainWriter.LARGEST_GROUP;

  /**
   * Reads and checks the end of the log. What stands after {@link #end} is what a crash left of a group.
   *
   * @throws IOException when the device fails, or when the end was not torn by a crash but changed
   */
  static LogTail read(AuditDevice device) throws IOException {
    long size = device.size();
    long start = Math.max(0, size - WINDOW);
    String window =
        new String(device.read(start, (int) (size - start)), StandardCharsets.ISO_8859_1);
    if (start == 0) {
      return follow(window, 0, 0, AuditHead.EMPTY);
    }
    int first = window.indexOf('\n') + 1;
    int second = window.indexOf('\n', first) + 1;
    if (first == 0 || second == 0) {
      throw changed("there is no whole record near the end");
    }
    RecordLine anchor = RecordLine.parse(window.substring(first, second - 1))
        .filter(RecordLine::authentic)
        .orElseThrow(() -> changed("a record near the end is not authentic"));
    return follow(window, second, start, anchor.head());
  }

  private static LogTail follow(String window, int from, long start, AuditHead head)
      throws IOException {
    AuditHead last = head;
    int at = from;
    for (int end = window.indexOf('\n', at); end >= 0; end = window.indexOf('\n', at)) {
      String line = window.substring(at, end);
      Optional<String> defect = RecordLine.defect(line, last);
      if (defect.isPresent()) {
        refuseUnlessTorn(window.substring(at), last, defect.get());
        break;
      }
      last = RecordLine.parse(line).orElseThrow().head();
      at = end + 1;
    }
    return new LogTail(last, start + at);
  }

  /** A crash leaves an unfinished line, or blocks that were never written and read as zeros; it does not change whole lines. */
  private static void refuseUnlessTorn(String rest, AuditHead last, String defect)
      throws IOException {
    if (rest.endsWith("\n") && rest.indexOf('\0') < 0) {
      throw changed("the record after number " + last.seq() + " " + defect);
    }
  }

  private static IOException changed(String what) {
    return new IOException("the audit log was changed: " + what
        + "; run 'phial audit verify', keep the file as evidence and move it away");
  }
}
