package dev.phial.gateway.grpc;

import io.grpc.BindableService;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.util.List;
import java.util.function.BooleanSupplier;

/** {@code grpc.health.v1}: says of the server and of each service whether the gateway is ready. */
final class ReadinessHealth {
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
    ServingStatus status = ready.getAsBoolean() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    services.forEach(service -> health.setStatus(service, status));
  }

  /** Not serving, for good. */
  void stop() {
    health.enterTerminalState();
  }
}
