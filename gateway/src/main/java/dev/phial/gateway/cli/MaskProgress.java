package dev.phial.gateway.cli;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A line on a terminal that says how far {@code phial mask} is; silent where nobody looks. */
final class MaskProgress {
  private static final long EVERY_NANOS = 500_000_000L;

  private final PrintWriter terminal;
  private final boolean visible;
  private final long began = System.nanoTime();
  private long last = began;
  private long bytes;
  private long events;
  private boolean shown;

  private MaskProgress(PrintWriter terminal, boolean visible) {
    this.terminal = terminal;
    this.visible = visible;
  }

  /** Visible when standard error is a terminal and standard output is none, so that it stands between no lines. */
  static MaskProgress of(PrintWriter err, OutputStream out) {
    return new MaskProgress(err, isTerminal(2) && !isTerminal(1));
  }

  private static boolean isTerminal(int descriptor) {
    try {
      String target =
          Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (java.io.IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  void event(long length) {
    bytes += length;
    events++;
    if (visible && (events & 0x3ff) == 0) {
      show();
    }
  }

  private void show() {
    long now = System.nanoTime();
    if (now - last < EVERY_NANOS) {
      return;
    }
    last = now;
    shown = true;
    double megabytes = bytes / 1e6;
    terminal.printf(
        Locale.ROOT,
        "\r%d events, %.1f MB, %.1f MB/s ",
        events,
        megabytes,
        megabytes / ((now - began) / 1e9));
    terminal.flush();
  }

  void end() {
    if (shown) {
      terminal.println();
      terminal.flush();
    }
  }
}
