package dev.phial.gateway;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for stages at start and stop, where waiting is right: no event loop is near. */
final class Waiting {
  private static final Duration START = Duration.ofSeconds(30);
  private static final Duration GRACE = Duration.ofSeconds(5);

  private Waiting() {}

  static <T> T forStart(String setting, CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(START.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new GatewayStartException(setting + ": does not start: " + cause.getMessage(), cause);
    } catch (TimeoutException e) {
      throw new GatewayStartException(
          setting + ": has not started after " + START.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GatewayStartException(setting + ": interrupted", e);
    }
  }

  /** Waits for a drain that ends by itself after {@code drain}, and a little longer. */
  static void forStop(CompletionStage<?> stage, Duration drain)
      throws InterruptedException, ExecutionException, TimeoutException {
    stage.toCompletableFuture().get(drain.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
  }
}
