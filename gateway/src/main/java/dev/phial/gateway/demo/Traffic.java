package dev.phial.gateway.demo;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes and reads that go on until told to stop; counts what was answered and what was not as it should be. */
final class Traffic {
  private final AtomicBoolean running = new AtomicBoolean(true);
  private final AtomicInteger answered = new AtomicInteger();
  private final List<String> wrong = new ArrayList<>();
  private final ExecutorService threads;
  private final CountDownLatch warm;

  /**
   * @param writers pairs of threads, one that writes and one that reads
   * @param application who writes
   * @param clinician who reads
   * @param patient what is written
   * @param existing what is read, with what must come back
   */
  Traffic(
      int writers,
      DemoClient application,
      DemoClient clinician,
      String patient,
      DemoRecord existing) {
    threads = Executors.newFixedThreadPool(2 * writers);
    warm = new CountDownLatch(20 * writers);
    for (int i = 0; i < writers; i++) {
      threads.execute(
          () -> repeat(() -> expect(application.post("/fhir/Patient", patient), 201, "")));
      threads.execute(
          () -> repeat(() -> expect(clinician.get(existing.path()), 200, existing.sent())));
    }
  }

  /** Returns when requests are flowing. */
  void awaitFlow() {
    try {
      if (!warm.await(30, TimeUnit.SECONDS)) {
        wrong("requests do not flow");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  int answered() {
    return answered.get();
  }

  private synchronized List<String> wrong() {
    return List.copyOf(wrong);
  }

  private void repeat(Runnable request) {
    while (running.get()) {
      try {
        request.run();
      } catch (DemoException e) {
        wrong(String.valueOf(e.getMessage()));
      }
    }
  }

  private void expect(HttpResponse<String> answer, int status, String body) {
    if (answer.statusCode() != status) {
      wrong("status " + answer.statusCode() + " instead of " + status);
    } else if (!body.isEmpty() && !answer.body().equals(body)) {
      wrong("a record came back changed");
    }
    answered.incrementAndGet();
    warm.countDown();
  }

  private synchronized void wrong(String what) {
    wrong.add(what);
  }

  /** Ends the traffic and says what was not as it should be. */
  List<String> stop() {
    running.set(false);
    threads.shutdown();
    try {
      if (!threads.awaitTermination(30, TimeUnit.SECONDS)) {
        wrong("requests hang");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return wrong();
  }
}
