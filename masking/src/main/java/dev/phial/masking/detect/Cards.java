package dev.phial.masking.detect;

/** Payment cards: ranges of issuers (ISO/IEC 7812-1) and the check digit. */
final class Cards {
  private Cards() {}

  static boolean valid(DigitRun run) {
    int n = run.total;
    return n >= 12 && n <= 19 && !run.cut && issued(run, n) && run.luhn(0, n, 0);
  }

  private static boolean issued(DigitRun run, int n) {
    int two = run.digit(0) * 10 + run.digit(1);
    int four = two * 100 + run.digit(2) * 10 + run.digit(3);
    return switch (run.digit(0)) {
      case 4 -> n == 13 || n == 16 || n == 19;
      case 2 -> (n == 16 && four >= 2221 && four <= 2720) || (n == 15 && four == 2131);
      case 1 -> n == 15 && four == 1800;
      case 3 -> third(two, four, n);
      case 5 -> (two >= 51 && two <= 55) ? n == 16 : n >= 16 && (two == 50 || two >= 56);
      case 6 -> n >= 16;
      default -> false;
    };
  }

  private static boolean third(int two, int four, int n) {
    return switch (two) {
      case 34, 37 -> n == 15;
      case 35 -> n >= 16 && four >= 3528;
      case 30, 36, 38, 39 -> n == 14;
      default -> false;
    };
  }

  /** How cards are printed: in one, in fours, or as 4-6-5 and 4-6-4. */
  static boolean printed(DigitRun run) {
    if (run.groups == 1) {
      return true;
    }
    if (!run.sameSeparators() || run.separator(0) == '.' || run.separator(0) == '/') {
      return false;
    }
    if (run.is(4, 6, 5) || run.is(4, 6, 4)) {
      return true;
    }
    for (int g = 0; g + 1 < run.groups; g++) {
      if (run.length(g) != 4) {
        return false;
      }
    }
    return run.groups >= 4 && run.length(run.groups - 1) <= 4;
  }
}
