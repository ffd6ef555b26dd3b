package dev.phial.gateway.http;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A failure as the log may show it: classes and places, never messages, which could hold values. */
final class Defect {
  private static final int FRAMES = 6;

  private Defect() {}

  static String of(Throwable failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable at = failure; at != null && text.length() < 2000; at = at.getCause()) {
      text.append(at.getClass().getName())
          .append(Arrays.stream(at.getStackTrace())
              .limit(FRAMES)
              .map(frame ->
                  frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber())
              .collect(Collectors.joining(" < ", " at ", "; ")));
    }
    return text.toString();
  }
}
