package dev.phial.gateway.jobs;

import java.time.Duration;

/**
 * How a gateway works on jobs.
 *
 * @param rate items in a second, at most, whatever a job asks for
 * @param lease how long after a gateway was heard of last another takes its job over
 */
public record JobSettings(int rate, Duration lease) {
  public static final JobSettings DEFAULTS = new JobSettings(50, Duration.ofSeconds(15));

  public JobSettings {
    if (rate < 1 || lease.toMillis() < 3) {
      throw new IllegalArgumentException("a job has a rate and a lease");
    }
  }
}
