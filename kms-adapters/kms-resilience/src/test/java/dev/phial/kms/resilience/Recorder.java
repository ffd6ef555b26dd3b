package dev.phial.kms.resilience;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what an observer is told. */
final class Recorder implements KmsObserver {
  final List<Outcome> attempts = new CopyOnWriteArrayList<>();
  final List<Duration> times = new CopyOnWriteArrayList<>();
  final List<Reason> heldBack = new CopyOnWriteArrayList<>();
  final List<Boolean> breaker = new CopyOnWriteArrayList<>();

  @Override
  public void attempted(String kms, Operation operation, Outcome outcome, Duration took) {
    attempts.add(outcome);
    times.add(took);
  }

  @Override
  public void heldBack(String kms, Operation operation, Reason reason) {
    heldBack.add(reason);
  }

  @Override
  public void breakerChanged(String kms, boolean open) {
    breaker.add(open);
  }
}
