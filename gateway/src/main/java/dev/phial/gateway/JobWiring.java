package dev.phial.gateway;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.gateway.audit.AuditLog;
import dev.phial.gateway.config.GatewayConfig;
import dev.phial.gateway.evidence.Evidence;
import dev.phial.gateway.jobs.JobRunner;
import dev.phial.gateway.jobs.JobTools;
import dev.phial.gateway.jobs.JobWork;
import dev.phial.gateway.jobs.Jobs;
import dev.phial.gateway.jobs.RewrapWork;
import dev.phial.gateway.keys.Keysets;
import dev.phial.gateway.store.SqlStore;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;

/** Jobs: what can be done, and who does it. */
final class JobWiring {
  private final GatewayConfig config;
  private final FipsModule fips;
  private final Clock clock;

  JobWiring(GatewayConfig config, FipsModule fips, Clock clock) {
    this.config = config;
    this.fips = fips;
    this.clock = clock;
  }

  Jobs start(Closing closing, SqlStore store, Keysets keys, Evidence evidence, AuditLog audit) {
    List<JobWork> works = List.of(new RewrapWork(keys.rewraps()));
    closing.add(JobRunner.start(
        new JobTools(store.jobs(), works, evidence, audit, config.jobs(), name(), clock)));
    return new Jobs(store.jobs(), works, config.jobs(), clock);
  }

  /** Another one with each start: who died does not come back. */
  private String name() {
    return HexFormat.of().toHexDigits(fips.random().nextLong());
  }
}
