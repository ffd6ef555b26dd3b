package dev.phial.gateway.jobs;

import dev.phial.gateway.store.JobState;
import dev.phial.gateway.store.JobStore;
import dev.phial.gateway.store.JobStore.End;
import dev.phial.gateway.store.JobStore.Failure;
import dev.phial.gateway.store.JobStore.Noted;
import dev.phial.gateway.store.StoredJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One gateway's work on one job, from where the last one was to the end, or until it is stopped or somebody else has it.
 *
 * <p>Each step: say in the audit log what is about to be done, do it, note it together with the new place in one transaction. A
 * gateway that dies between doing and noting leaves items that its successor finds done.
 */
final class JobRun {
  private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);
  /** Items at the same time, as long as the rate allows: a KMS answers several while it answers one. */
  private static final int MOST_AT_ONCE = 8;

  private static final int ATTEMPTS = 3;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final JobTools tools;
  private final StoredJob taken;
  private final JobStore store;
  private final JobWork work;
  private final CountDownLatch stopped;
  private final ScheduledExecutorService heart;
  private final int rate;
  private final int atOnce;
  private volatile boolean lost;
  private Duration pause = FIRST_PAUSE;

  JobRun(JobTools tools, StoredJob taken, CountDownLatch stopped, ScheduledExecutorService heart) {
    this.tools = tools;
    this.taken = taken;
    this.store = tools.store();
    this.work = tools.works().stream()
        .filter(one -> one.kind().word().equals(taken.order().kind()))
        .findFirst()
        .orElseThrow();
    this.stopped = stopped;
    this.heart = heart;
    this.rate = Math.min(taken.order().rate(), tools.settings().rate());
    this.atOnce = Math.min(MOST_AT_ONCE, rate);
  }

  /** What the row says of whether to go on. */
  private enum Way {
    ON,
    CANCELLED,
    AWAY
  }

  /** Whether the job has ended. */
  boolean run() throws InterruptedException, ExecutionException, TimeoutException {
    long beat = Math.max(1, tools.settings().lease().toMillis() / 3);
    ScheduledFuture<?> beating =
        heart.scheduleAtFixedRate(this::prolong, beat, beat, TimeUnit.MILLISECONDS);
    boolean ended = false;
    try {
      LOG.info("job {}: {} taken", taken.id(), work.kind().word());
      Way way = every();
      ended = way != Way.AWAY && finish(way);
      return ended;
    } finally {
      beating.cancel(false);
      if (!ended && !lost) {
        giveBack();
      }
    }
  }

  private void giveBack() {
    CompletionStage<Boolean> unused = store.giveBack(taken).exceptionally(failure -> false);
  }

  /** A store that does not answer has not said that somebody else has the job. */
  private void prolong() {
    CompletionStage<Boolean> unused = store
        .prolong(taken, tools.clock().instant().plus(tools.settings().lease()))
        .whenComplete((held, failure) -> lost |= failure == null && !held);
  }

  private Way every() throws InterruptedException, ExecutionException, TimeoutException {
    String place = taken.place();
    Way way = way();
    while (way == Way.ON) {
      List<JobWork.Item> items = Waits.of(work.next(taken.order().onlyTenant(), place, atOnce));
      if (items.isEmpty()) {
        return again(place);
      }
      place = items.get(items.size() - 1).place();
      way = step(items, place, false) ? way() : Way.AWAY;
    }
    return way;
  }

  /** What failed is tried again when all else is done. */
  private Way again(String place)
      throws InterruptedException, ExecutionException, TimeoutException {
    Way way = way();
    while (way == Way.ON) {
      List<Failure> failures = Waits.of(store.failures(taken.id(), ATTEMPTS, atOnce));
      if (failures.isEmpty()) {
        return Way.ON;
      }
      List<JobWork.Item> items = failures.stream()
          .map(failure -> new JobWork.Item(failure.place(), failure.tenant(), failure.item()))
          .toList();
      way = step(items, place, true) ? way() : Way.AWAY;
    }
    return way;
  }

  private Way way() throws InterruptedException, ExecutionException, TimeoutException {
    if (stopped.getCount() == 0 || lost) {
      return Way.AWAY;
    }
    Optional<StoredJob> now = Waits.of(store.find(taken.id()));
    if (now.isEmpty() || now.get().lease().epoch() != taken.lease().epoch()) {
      return Way.AWAY;
    }
    return now.get().cancelledBy().isEmpty() ? Way.ON : Way.CANCELLED;
  }

  private boolean step(List<JobWork.Item> items, String place, boolean again)
      throws InterruptedException, ExecutionException, TimeoutException {
    long began = System.nanoTime();
    Waits.of(tools.audit().append(JobRecords.step(taken, items)));
    List<CompletableFuture<Noted>> ends =
        items.stream().map(item -> end(item, again).toCompletableFuture()).toList();
    List<Noted> noted = new ArrayList<>(items.size());
    for (CompletableFuture<Noted> end : ends) {
      noted.add(Waits.of(end));
    }
    boolean mine = Waits.of(store.note(taken, place, noted, tools.clock().instant()));
    rest(began, noted);
    return mine;
  }

  private CompletionStage<Noted> end(JobWork.Item item, boolean again) {
    return started(item).handle((changed, failure) -> {
      if (failure == null) {
        return noted(item, again, changed ? End.CHANGED : End.UNCHANGED, "");
      }
      String word = FailureWords.of(failure);
      LOG.warn("job {}: item {} failed: {}", taken.id(), item.name(), word);
      return noted(item, again, End.FAILED, word);
    });
  }

  private CompletionStage<Boolean> started(JobWork.Item item) {
    try {
      return work.run(item);
    } catch (RuntimeException | AssertionError e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private static Noted noted(JobWork.Item item, boolean again, End end, String reason) {
    return new Noted(item.place(), item.tenant(), item.name(), again, end, reason);
  }

  /** Keeps to the rate; and when nothing succeeds, waits longer each time for what is broken. */
  private void rest(long began, List<Noted> noted) throws InterruptedException {
    boolean broken = noted.stream().allMatch(item -> item.end() == End.FAILED);
    pause = broken ? longer(pause) : FIRST_PAUSE;
    long wanted = TimeUnit.SECONDS.toNanos(noted.size()) / rate;
    long more = broken ? pause.toNanos() : 0;
    long left = Math.max(wanted, more) - (System.nanoTime() - began);
    boolean unused = stopped.await(Math.max(0, left), TimeUnit.NANOSECONDS);
  }

  private static Duration longer(Duration pause) {
    Duration next = pause.multipliedBy(2);
    return next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
  }

  private boolean finish(Way way)
      throws InterruptedException, ExecutionException, TimeoutException {
    StoredJob last = Waits.of(store.find(taken.id())).orElse(taken);
    JobState end = end(way, last);
    JobReport report = new JobReport(
        last,
        end,
        tools.clock().instant(),
        tools.gateway(),
        Waits.of(store.results(taken.id())),
        Waits.of(store.failures(taken.id(), Integer.MAX_VALUE, Integer.MAX_VALUE)));
    String signed = tools.evidence().sign(report.statement());
    Waits.of(tools.audit().append(JobRecords.end(last, end, signed)));
    boolean mine = Waits.of(store.finish(taken, end, signed, tools.clock().instant()));
    LOG.info("job {}: {} {}", taken.id(), work.kind().word(), JobReport.word(end));
    return mine;
  }

  private static JobState end(Way way, StoredJob last) {
    if (way == Way.CANCELLED) {
      return JobState.CANCELLED;
    }
    return last.counts().failed() == 0 ? JobState.SUCCEEDED : JobState.INCOMPLETE;
  }
}
