package dev.phial.gateway.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Where jobs outlive the process. The promises of {@link KeysetStore} hold here too. At most one gateway's writes about a job count:
 * those of whoever took it last.
 *
 * <p>Thread-safe. No method blocks; stages complete on a thread that may be used for short work. They fail with a {@link
 * StoreException} and nothing else.
 */
public interface JobStore {

  /** Adds a job to be worked on. */
  CompletionStage<Void> add(String id, StoredJob.Order order);

  /** A job, if there is one of that id. */
  CompletionStage<Optional<StoredJob>> find(String id);

  /** The jobs that were started last, the newest first. */
  CompletionStage<List<StoredJob>> list(int most);

  /**
   * Takes the oldest job that nobody works on.
   *
   * @param kinds of which kinds
   * @param holder who takes it
   * @param now a lease that has ended by then counts no more
   * @param until when the lease of the taker ends
   * @return the job as it is now; empty when there is none, or somebody else was faster
   */
  CompletionStage<Optional<StoredJob>> take(
      Set<String> kinds, String holder, Instant now, Instant until);

  /** Prolongs the lease. False when somebody else has the job, or it has ended. */
  CompletionStage<Boolean> prolong(StoredJob taken, Instant until);

  /** Gives a job back for others to take at once. Does nothing when somebody else has it. */
  CompletionStage<Boolean> giveBack(StoredJob taken);

  /**
   * Notes what became of items, all or nothing. False, and nothing happened, when somebody else has the job or it has ended.
   *
   * @param place up to where items have been looked at now
   * @param now when
   */
  CompletionStage<Boolean> note(StoredJob taken, String place, List<Noted> items, Instant now);

  /** Wants a job to end. False when it has ended already, or there is none. */
  CompletionStage<Boolean> cancel(String id, String by, Instant now);

  /** Ends a job, for good. False, and nothing happened, when somebody else has it or it has ended. */
  CompletionStage<Boolean> finish(StoredJob taken, JobState end, String report, Instant now);

  /** What became of items, by tenant. */
  CompletionStage<List<TenantCounts>> results(String id);

  /**
   * Items that failed, in the order of their places.
   *
   * @param below that were tried fewer times than this
   */
  CompletionStage<List<Failure>> failures(String id, int below, int most);

  /**
   * What became of an item.
   *
   * @param place its place in the kind's own order, by which it is found again
   * @param tenant whose
   * @param item what people call it; no value of anybody's
   * @param again whether it had failed before
   * @param end what became of it
   * @param reason why it failed, one word; else empty
   */
  record Noted(String place, String tenant, String item, boolean again, End end, String reason) {}

  /** What can become of an item. */
  enum End {
    CHANGED,
    UNCHANGED,
    FAILED
  }

  /**
   * What became of a tenant's items.
   *
   * @param tenant whose
   * @param counts how many
   */
  record TenantCounts(String tenant, StoredJob.Counts counts) {}

  /**
   * An item that failed.
   *
   * @param place its place in the kind's own order
   * @param tenant whose
   * @param item what people call it
   * @param reason why, one word
   * @param attempts how often it was tried
   */
  record Failure(String place, String tenant, String item, String reason, int attempts) {}
}
