package dev.phial.gateway.audit;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log in a hash-chained file.
 *
 * <p>One thread takes all events that wait, writes them with one write and one force, and then completes their stages (group
 * commit): the more callers wait, the more a disk access serves. A device that fails makes the log unwritable until it opened
 * again and its end was verified; one that hangs makes it unwritable until it goes on. In both cases callers are told within
 * the timeout.
 *
 * <p>An event whose caller was told that it failed may still be in the log: it says too much rather than too little.
 */
public final class FileAuditLog implements AuditLog, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FileAuditLog.class);
  private static final int QUEUE = 8_192;
  private static final int GROUP = 256;
  private static final int MOST_COUNTS = 500;
  private static final int MOST_DETAILS = 32;
  private static final Duration PROBE = Duration.ofMillis(500);

  private record Waiting(AuditEvent event, CompletableFuture<Void> durable) {}

  private enum State {
    NEW,
    WRITABLE,
    FAILED,
    CLOSED
  }

  private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(QUEUE);
  private final ChainWriter chain;
  private final Duration timeout;
  private final Executor answers;
  private final Thread writer = new Thread(this::write, "phial-audit");
  private final AtomicReference<State> state = new AtomicReference<>(State.NEW);
  private volatile AuditHead head = AuditHead.EMPTY;
  /** The writer's own: what the device holds is not known, also when the log was closed meanwhile. */
  private boolean broken;

  /** {@link System#nanoTime} when the running write began; 0 when none runs. */
  private volatile long busySince;

  /**
   * @param device where records go, usually a {@link FileDevice}
   * @param timeout how long an append may take
   * @param clock gives the records' time
   * @param answers runs what depends on a durable record, so that it never delays the next one
   */
  public FileAuditLog(AuditDevice device, Duration timeout, Clock clock, Executor answers) {
    this.chain = new ChainWriter(device, clock);
    this.timeout = timeout;
    this.answers = answers;
    writer.setDaemon(true);
  }

  /**
   * Verifies the end of the log and starts writing. Blocks while it reads. Once only.
   *
   * @throws AuditUnavailableException when the log cannot be opened, or was changed
   */
  public void start() {
    try {
      chain.open();
    } catch (IOException e) {
      throw new AuditUnavailableException("the audit log cannot be opened: " + e.getMessage(), e);
    }
    head = chain.head();
    state.set(State.WRITABLE);
    writer.start();
  }

  @Override
  public CompletionStage<Void> append(AuditEvent event) {
    if (!writable()) {
      return refused(
          "the audit log is not writable; see the setting audit.file and the gateway's log");
    }
    if (event.elements().size() > MOST_COUNTS || event.details().size() > MOST_DETAILS) {
      return refused("an audit event has more parts than a record may have");
    }
    CompletableFuture<Void> durable =
        new CompletableFuture<Void>().orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    if (!queue.offer(new Waiting(event, durable))) {
      return refused("the audit log cannot keep up: its queue is full");
    }
    return durable.handleAsync(FileAuditLog::answer, answers);
  }

  @Override
  public boolean writable() {
    long since = busySince;
    boolean hangs = since != 0 && System.nanoTime() - since > timeout.toNanos();
    return state.get() == State.WRITABLE && !hangs;
  }

  /** The last durable record: what to note down elsewhere, as an anchor for {@link AuditVerifier}. */
  public AuditHead head() {
    return head;
  }

  /** Writes what waits, for as long as the timeout allows, and closes the device. */
  @Override
  public void close() {
    State before = state.getAndSet(State.CLOSED);
    if (before == State.NEW || before == State.CLOSED) {
      return;
    }
    wake();
    try {
      writer.join(timeout.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the writer's wait. Not by an interrupt: that would close the file under a write. */
  private void wake() {
    AuditEvent nothing = new AuditEvent("", "", "", "", "", "", "", List.of(), Map.of());
    boolean waits = queue.offer(new Waiting(nothing, CompletableFuture.completedFuture(null)));
    LOG.debug("closing the audit log, its writer {}", waits ? "waits" : "is busy");
  }

  private static @Nullable Void answer(@Nullable Void nothing, @Nullable Throwable failure) {
    if (failure instanceof AuditUnavailableException unavailable) {
      throw unavailable;
    }
    if (failure != null) {
      throw new AuditUnavailableException(
          "the audit log did not answer in time; see the setting audit.timeout", failure);
    }
    return null;
  }

  private static CompletionStage<Void> refused(String message) {
    return CompletableFuture.failedStage(new AuditUnavailableException(message, null));
  }

  private void write() {
    while (state.get() != State.CLOSED || !queue.isEmpty()) {
      List<Waiting> group = nextGroup();
      timed(() -> commit(group));
    }
    closeChain();
  }

  private List<Waiting> nextGroup() {
    List<Waiting> group = new ArrayList<>();
    try {
      Waiting first = queue.poll(PROBE.toMillis(), TimeUnit.MILLISECONDS);
      if (first != null) {
        group.add(first);
        queue.drainTo(group, GROUP - 1);
      }
    } catch (InterruptedException e) {
      state.set(State.CLOSED);
    }
    group.removeIf(waiting -> waiting.durable().isDone());
    return group;
  }

  private void timed(Runnable work) {
    busySince = System.nanoTime() | 1;
    work.run();
    busySince = 0;
  }

  /** Makes a group durable; first opens again when the last one failed. Without a group this is the probe. */
  private void commit(List<Waiting> group) {
    try {
      if (broken) {
        chain.open();
        head = chain.head();
        broken = false;
        state.compareAndSet(State.FAILED, State.WRITABLE);
        LOG.info("the audit log is writable again");
      }
      if (!group.isEmpty()) {
        chain.append(group.stream().map(Waiting::event).toList());
        head = chain.head();
      }
      group.forEach(waiting -> waiting.durable().complete(null));
    } catch (IOException | RuntimeException | Error e) {
      failed(group, e);
    }
  }

  private void failed(List<Waiting> group, Throwable cause) {
    broken = true;
    if (state.compareAndSet(State.WRITABLE, State.FAILED)) {
      LOG.error("the audit log cannot be written, operations are refused until it can", cause);
    }
    AuditUnavailableException failure = new AuditUnavailableException(
        "the audit log cannot be written; see the setting audit.file", cause);
    group.forEach(waiting -> waiting.durable().completeExceptionally(failure));
  }

  private void closeChain() {
    try {
      chain.close();
    } catch (IOException e) {
      LOG.warn("the audit log could not be closed", e);
    }
  }
}
