package dev.phial.gateway;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for stages at start and stop, where waiting is right: no event loop is near. */
final class Waiting {
  private static final Logger LOG = LoggerFactory.getLogger(Waiting.class);
  private static final Duration START = Duration.ofSeconds(30);
  private static final Duration BRIEFLY = Duration.ofSeconds(10);
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

  /** Waits for a stage that does not fail, and goes on without its answer when it takes long: start-up does not hang on it. */
  static void brieflyForStart(CompletionStage<?> stage) {
    try {
      stage.toCompletableFuture().get(BRIEFLY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.debug("start-up goes on without an answer");
    } catch (ExecutionException e) {
      throw new GatewayStartException(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GatewayStartException("interrupted", e);
    }
  }

  /** Waits for a drain that ends by itself after {@code drain}, and a little longer. */
  static void forStop(CompletionStage<?> stage, Duration drain)
      throws InterruptedException, ExecutionException, TimeoutException {
    stage.toCompletableFuture().get(drain.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
  }
}
