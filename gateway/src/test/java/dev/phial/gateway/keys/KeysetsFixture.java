package dev.phial.gateway.keys;

import static org.assertj.core.api.Assertions.catchThrowable;

import dev.phial.gateway.store.KeysetStore;
import dev.phial.kms.KekRef;
import dev.phial.kms.Kms;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** What the tests of this package share. */
final class KeysetsFixture {
  static final KekRef KEK = new KekRef("memory", "default");
  static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private KeysetsFixture() {}

  static Keysets keysets(KeysetStore store, Kms kms) {
    return new Keysets(
        store, Map.of("memory", kms), KEK, new SecureRandom(), InstantSource.fixed(NOW));
  }

  static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  /** What a stage fails with, without the wrapping of futures. */
  static Throwable failure(CompletionStage<?> stage) {
    Throwable thrown = catchThrowable(() -> await(stage));
    return thrown instanceof ExecutionException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }
}
