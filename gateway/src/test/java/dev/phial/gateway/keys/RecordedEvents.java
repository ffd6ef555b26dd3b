package dev.phial.gateway.keys;

import dev.phial.crypto.key.KeyPurpose;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what was said, and may refuse like an audit log that cannot be written. */
final class RecordedEvents implements KeyEvents {
  private final List<String> said = new CopyOnWriteArrayList<>();
  private volatile boolean refusing;

  void refusing(boolean refuse) {
    refusing = refuse;
  }

  List<String> said() {
    return List.copyOf(said);
  }

  @Override
  public CompletionStage<Void> usedUp(String tenant, KeyPurpose purpose, int version) {
    if (refusing) {
      return CompletableFuture.failedFuture(new IllegalStateException("the log is full"));
    }
    said.add("used up " + tenant + " " + version);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void promoted(String tenant, KeyPurpose purpose, int version) {
    said.add("promoted " + tenant + " " + version);
  }

  @Override
  public void confirmed(String tenant, KeyPurpose purpose) {
    said.add("confirmed " + tenant);
  }

  @Override
  public void stale(String tenant, KeyPurpose purpose, Duration left) {
    said.add("stale " + tenant + " " + left.toSeconds());
  }

  @Override
  public void withdrawn(String tenant, KeyPurpose purpose) {
    said.add("withdrawn " + tenant);
  }

  @Override
  public void evicted(String tenant, KeyPurpose purpose) {
    said.add("evicted " + tenant);
  }
}
