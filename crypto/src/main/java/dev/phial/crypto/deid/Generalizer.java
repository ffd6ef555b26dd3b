package dev.phial.crypto.deid;

import java.time.LocalDate;

/**
 * Makes values coarser, for good. What it made it leaves as it is, so that a value that is sent again does not change.
 *
 * <p>Immutable; thread-safe.
 */
public interface Generalizer {

  /** The rule's name in policies, for messages. */
  String rule();

  /**
   * The coarser value.
   *
   * @param today what ages are counted to; every other rule ignores it
   */
  Generalized apply(String text, LocalDate today);
}
