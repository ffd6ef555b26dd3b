package dev.phial.gateway;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.gateway.config.GatewayConfig;
import dev.phial.gateway.evidence.Evidence;
import java.time.Clock;

/** What signs statements, as the configuration says. */
final class EvidenceWiring {
  private EvidenceWiring() {}

  static Evidence of(GatewayConfig.Evidence evidence, FipsModule fips, Clock clock) {
    return evidence.create()
        ? Evidence.openOrCreate(evidence.key(), fips, clock)
        : Evidence.open(evidence.key(), fips, clock);
  }
}
