package dev.phial.masking.detect;

/** Numbers of the Social Security Administration and of the Internal Revenue Service: their area rules. */
final class SocialSecurity {
  private SocialSecurity() {}

  /** Areas 000 and 666, group 00 and serial 0000 were never given out; areas from 900 on are taxpayers' (ITIN, ATIN). */
  static boolean valid(int area, int group, int serial) {
    if (area == 0 || area == 666 || group == 0 || serial == 0) {
      return false;
    }
    return area < 900 || group >= 50;
  }

  static boolean valid(DigitRun run) {
    return valid(number(run, 0, 3), number(run, 3, 2), number(run, 5, 4));
  }

  private static int number(DigitRun run, int from, int n) {
    int v = 0;
    for (int i = 0; i < n; i++) {
      v = v * 10 + run.digit(from + i);
    }
    return v;
  }
}
