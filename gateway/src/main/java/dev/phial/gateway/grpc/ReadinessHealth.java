package dev.phial.gateway.grpc;

import io.grpc.BindableService;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code grpc.health.v1}: says of the server and of each service whether the gateway is ready. */
final class ReadinessHealth {
  private static final Logger LOG = LoggerFactory.getLogger(ReadinessHealth.class);

  private final HealthStatusManager health = new HealthStatusManager();
  private final List<String> services;
  private final BooleanSupplier ready;

  ReadinessHealth(List<String> services, BooleanSupplier ready) {
    this.services = List.copyOf(services);
    this.ready = ready;
  }

  BindableService service() {
    return health.getHealthService();
  }

  /** Asks anew; called once a second, so that watchers hear of changes. */
  void refresh() {
    ServingStatus status = isReady() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    services.forEach(service -> health.setStatus(service, status));
  }

  private boolean isReady() {
    try {
      return ready.getAsBoolean();
    } catch (RuntimeException | AssertionError e) {
      // Thrown on, it would end the schedule, and the last answer would stand for ever.
      LOG.warn(
          "health: readiness could not be asked ({}); not serving", e.getClass().getName());
      return false;
    }
  }

  /** Not serving, for good. */
  void stop() {
    health.enterTerminalState();
  }
}
