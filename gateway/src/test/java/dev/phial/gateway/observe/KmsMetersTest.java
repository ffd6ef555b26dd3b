package dev.phial.gateway.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.kms.resilience.KmsObserver;
import dev.phial.kms.resilience.Operation;
import dev.phial.kms.resilience.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KmsMetersTest {

  @Test
  void shows_attempts_what_was_held_back_and_the_breaker() {
    try (Metrics metrics = new Metrics(new Readiness())) {
      KmsMeters meters = new KmsMeters(metrics.registry());
      meters.attempted("aws", Operation.UNWRAP, Outcome.UNAVAILABLE, Duration.ofMillis(20));
      meters.heldBack("aws", Operation.WRAP, KmsObserver.Reason.BREAKER);
      meters.breakerChanged("aws", true);
      assertThat(metrics.scrape())
          .contains(
              "phial_kms_attempts_seconds_count{kms=\"aws\",operation=\"unwrap\",outcome=\"unavailable\"} 1")
          .contains(
              "phial_kms_held_back_total{kms=\"aws\",operation=\"wrap\",reason=\"breaker\"} 1.0")
          .contains("phial_kms_breaker_open{kms=\"aws\"} 1.0");
      meters.breakerChanged("aws", false);
      assertThat(metrics.scrape()).contains("phial_kms_breaker_open{kms=\"aws\"} 0.0");
    }
  }
}
