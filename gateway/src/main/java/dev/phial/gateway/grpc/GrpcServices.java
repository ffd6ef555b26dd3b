package dev.phial.gateway.grpc;

import dev.phial.gateway.admin.AdminOperations;
import dev.phial.gateway.engine.Engines;
import dev.phial.gateway.identity.Call;
import dev.phial.masking.Masker;
import io.grpc.BindableService;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What one listener serves, and under which names: data and administration are never served together. */
public final class GrpcServices {
  private final String setting;
  private final String channel;
  private final int threads;
  private final List<BindableService> services;

  private GrpcServices(
      String setting, String channel, int threads, List<BindableService> services) {
    this.setting = setting;
    this.channel = channel;
    this.threads = threads;
    this.services = services;
  }

  /**
   * {@code ProtectionService}, {@code DocumentService} and {@code MaskingService}.
   *
   * @param maskers the masker of a call; empty when the policy does not say how logs are masked
   */
  public static GrpcServices data(Engines engines, Function<Call, Optional<Masker>> maskers) {
    return new GrpcServices(
        "listeners.grpc",
        "grpc",
        Runtime.getRuntime().availableProcessors(),
        List.of(
            new ProtectionEndpoint(engines.values()),
            new DocumentEndpoint(engines.records(), engines.documents()),
            new MaskingEndpoint(maskers)));
  }

  /** {@code AdminService}. */
  public static GrpcServices administration(AdminOperations operations) {
    return new GrpcServices("listeners.admin", "admin", 1, List.of(new AdminEndpoint(operations)));
  }

  /** The setting that made the listener. */
  String setting() {
    return setting;
  }

  /** The channel's name in audit and log. */
  String channel() {
    return channel;
  }

  /** On how many threads calls run. */
  int threads() {
    return threads;
  }

  List<BindableService> all() {
    return services;
  }

  List<String> names() {
    return services.stream()
        .map(service -> service.bindService().getServiceDescriptor().getName())
        .toList();
  }
}
