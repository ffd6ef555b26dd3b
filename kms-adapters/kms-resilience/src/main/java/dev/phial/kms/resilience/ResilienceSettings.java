package dev.phial.kms.resilience;

import java.time.Duration;

/**
 * How patient to be with one KMS.
 *
 * @param timeout for one attempt; an adapter has its own, and this holds when it does not keep it
 * @param attempts in all, 1 for no retries
 * @param backoff before the first retry; doubled each time, and changed at random by up to a half
 * @param maxBackoff the longest wait
 * @param failureRate percent of the last calls that must have failed to open the breaker
 * @param window the number of last calls that count
 * @param openFor how long the breaker lets nothing through
 * @param concurrency attempts at the same time
 * @param rate attempts in a second
 */
public record ResilienceSettings(
    Duration timeout,
    int attempts,
    Duration backoff,
    Duration maxBackoff,
    int failureRate,
    int window,
    Duration openFor,
    int concurrency,
    int rate) {

  public static final ResilienceSettings DEFAULTS = new ResilienceSettings(
      Duration.ofSeconds(6),
      3,
      Duration.ofMillis(100),
      Duration.ofSeconds(2),
      50,
      20,
      Duration.ofSeconds(10),
      64,
      500);
}
