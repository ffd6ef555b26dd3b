package dev.phial.gateway.jobs;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What a kind of job does to one item after the other. Items have an order that never changes, so that whoever takes a job over
 * goes on where the last one was.
 *
 * <p>Thread-safe; does not block.
 */
public interface JobWork {
  /** Which kind. */
  JobKind kind();

  /** How many items there are, of all tenants or of one. */
  CompletionStage<Long> count(Optional<String> tenant);

  /**
   * The next items.
   *
   * @param after the place of the last one that was looked at; empty to begin
   */
  CompletionStage<List<Item>> next(Optional<String> tenant, String after, int most);

  /**
   * Does one item; idempotent. True when that needed something, false when it was done already or is gone. A failure is the
   * item's, not the job's: it is counted and tried again at the end.
   */
  CompletionStage<Boolean> run(Item item);

  /**
   * An item.
   *
   * @param place where it stands in the order, and how it is found again
   * @param tenant whose
   * @param name what people call it; no value of anybody's
   */
  record Item(String place, String tenant, String name) {}
}
