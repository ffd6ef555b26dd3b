package dev.phial.gateway.jobs;

import java.io.Serial;

/** An item of a job cannot be done. */
public final class ItemRefusedException extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1L;

  private final String word;

  /** @param word why: one word, which is written into the report */
  public ItemRefusedException(String word) {
    super("an item of a job cannot be done: " + word);
    this.word = word;
  }

  String word() {
    return word;
  }
}
