package dev.phial.gateway.keys;

import java.time.Duration;

/**
 * How long the destruction of a key waits, so that it can be taken back.
 *
 * @param waiting when nothing is said
 * @param shortest the least that may be asked for
 */
public record DestructionRules(Duration waiting, Duration shortest) {
  /** Less than this is for tests and for machines without patients' data. */
  public static final Duration PRUDENT = Duration.ofDays(7);

  public static final Duration LONGEST = Duration.ofDays(365);
  public static final DestructionRules DEFAULTS =
      new DestructionRules(Duration.ofDays(30), PRUDENT);

  public DestructionRules {
    if (shortest.isNegative() || waiting.compareTo(shortest) < 0) {
      throw new IllegalArgumentException("the usual waiting time is not below the shortest");
    }
  }

  /**
   * A waiting time that was asked for.
   *
   * @throws KeyStateException when it is too short or too long
   */
  public Duration checked(Duration asked) {
    if (asked.compareTo(shortest) < 0) {
      throw new KeyStateException("a destruction waits for " + words(shortest)
          + " at least, so that it can be taken back (keys.destroy.shortest)");
    }
    if (asked.compareTo(LONGEST) > 0) {
      throw new KeyStateException("a destruction waits for " + words(LONGEST) + " at most");
    }
    return asked;
  }

  private static String words(Duration time) {
    return time.toSeconds() % Duration.ofDays(1).toSeconds() == 0
        ? time.toDays() + " days"
        : time.toSeconds() + " s";
  }
}
