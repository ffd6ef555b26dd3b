package dev.phial.masking.stream;

import java.io.Serial;
import java.util.Arrays;

/**
 * Cuts a stream into events: a line is one, and so is a JSON document over several lines. Events do not depend on where the
 * stream was split when it was read. Confined to a thread.
 */
public final class EventFramer {

  /** Takes events in their order. */
  @FunctionalInterface
  public interface Sink {
    /**
     * An event.
     *
     * @param content without its line end; belongs to the taker
     * @param lineEnd LF, CR LF, or nothing at the end of the stream; must not be changed
     */
    void event(byte[] content, byte[] lineEnd);
  }

  /** An event is longer than is allowed. To cut it could hide what crosses the cut, so it must not pass. */
  public static final class TooLongException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    TooLongException(int most) {
      super("an event is longer than " + most + " bytes; nothing of it was passed on");
    }
  }

  private static final byte[] LF = {'\n'};
  private static final byte[] CRLF = {'\r', '\n'};
  private static final byte[] NOTHING = {};

  private final int most;
  private final int mostJson;
  private byte[] held = new byte[8192];
  private int length;
  /** Where the line begins that is being read. */
  private int line;

  private int depth;
  private boolean json;
  private boolean inString;
  private boolean escaped;

  /**
   * A framer.
   *
   * @param most bytes of an event; a longer one fails
   * @param mostJson bytes up to which lines are held back to make one JSON document; from then on they are events of their own
   */
  public EventFramer(int most, int mostJson) {
    this.most = most;
    this.mostJson = mostJson;
  }

  /**
   * Takes bytes as they arrive.
   *
   * @throws TooLongException when an event is too long
   */
  public void push(byte[] bytes, int from, int to, Sink sink) {
    int i = from;
    while (i < to) {
      int lf = i;
      while (lf < to && bytes[lf] != '\n') {
        lf++;
      }
      hold(bytes, i, lf);
      if (lf < to) {
        lineEnds(sink);
      }
      i = lf + 1;
    }
  }

  private void hold(byte[] bytes, int from, int to) {
    int n = to - from;
    if (length + n > most) {
      throw new TooLongException(most);
    }
    if (length + n > held.length) {
      held = Arrays.copyOf(held, Math.max(2 * held.length, length + n));
    }
    System.arraycopy(bytes, from, held, length, n);
    length += n;
  }

  private void lineEnds(Sink sink) {
    boolean cr = length > line && held[length - 1] == '\r';
    int end = cr ? length - 1 : length;
    if (line == 0) {
      json = opens(end);
      depth = 0;
      inString = false;
    }
    if (json) {
      follow(line, end);
      if (depth > 0 && length < mostJson) {
        hold(LF, 0, 1);
        line = length;
        return;
      }
      if (depth > 0) {
        apart(sink, end, cr);
        return;
      }
    }
    give(sink, 0, end, cr ? CRLF : LF);
    length = 0;
    line = 0;
  }

  private boolean opens(int end) {
    int i = 0;
    while (i < end && (held[i] == ' ' || held[i] == '\t')) {
      i++;
    }
    return i < end && (held[i] == '{' || (held[i] == '[' && rest(i + 1, end)));
  }

  /** A bracket alone on its line opens JSON; before other text it mostly opens a log's time. */
  private boolean rest(int from, int end) {
    for (int i = from; i < end; i++) {
      if (held[i] != ' ' && held[i] != '\t') {
        return held[i] == '{' || held[i] == '"';
      }
    }
    return true;
  }

  private void follow(int from, int to) {
    for (int i = from; i < to; i++) {
      byte b = held[i];
      if (escaped) {
        escaped = false;
      } else if (inString) {
        inString = b != '"';
        escaped = b == '\\';
      } else if (b == '"') {
        inString = true;
      } else if (b == '{' || b == '[') {
        depth++;
      } else if (b == '}' || b == ']') {
        depth--;
      }
    }
    if (inString) {
      depth = 0; // a string does not go over lines: this is no JSON
      inString = false;
    }
    escaped = false;
  }

  /** What was held back was no document: its lines are events. */
  private void apart(Sink sink, int end, boolean cr) {
    int start = 0;
    for (int i = 0; i < end; i++) {
      if (held[i] == '\n') {
        boolean before = i > start && held[i - 1] == '\r';
        give(sink, start, before ? i - 1 : i, before ? CRLF : LF);
        start = i + 1;
      }
    }
    give(sink, start, end, cr ? CRLF : LF);
    length = 0;
    line = 0;
  }

  private void give(Sink sink, int from, int to, byte[] lineEnd) {
    sink.event(Arrays.copyOfRange(held, from, to), lineEnd);
  }

  /** The stream has ended, or pauses so long that what is held back must go. */
  public void flush(Sink sink) {
    if (length == 0) {
      return;
    }
    if (json || line > 0) {
      flushHeld(sink);
    } else {
      give(sink, 0, length, NOTHING);
    }
    length = 0;
    line = 0;
  }

  private void flushHeld(Sink sink) {
    int start = 0;
    if (depth > 0 && line > 0) {
      for (int i = 0; i < length; i++) {
        if (held[i] == '\n') {
          boolean before = i > start && held[i - 1] == '\r';
          give(sink, start, before ? i - 1 : i, before ? CRLF : LF);
          start = i + 1;
        }
      }
    }
    if (start < length) {
      give(sink, start, length, NOTHING);
    }
  }
}
