package dev.phial.gateway;

import dev.phial.gateway.audit.AuditLog;
import dev.phial.gateway.auth.Authenticator;
import dev.phial.gateway.config.Address;
import dev.phial.gateway.config.GatewayConfig;
import dev.phial.gateway.config.Listener;
import dev.phial.gateway.grpc.GrpcAddress;
import dev.phial.gateway.grpc.GrpcLimits;
import dev.phial.gateway.grpc.GrpcServer;
import dev.phial.gateway.grpc.GrpcServices;
import dev.phial.gateway.grpc.GrpcSettings;
import dev.phial.gateway.tls.TlsContexts;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** The gRPC listeners, as the configuration wants them. */
final class GrpcWiring {
  private final GatewayConfig config;
  private final TlsContexts tls;
  private final AuditLog audit;
  private final BooleanSupplier ready;

  GrpcWiring(GatewayConfig config, TlsContexts tls, AuditLog audit, BooleanSupplier ready) {
    this.config = config;
    this.tls = tls;
    this.audit = audit;
    this.ready = ready;
  }

  /** Starts one; the stop is added to {@code closing}. */
  SocketAddress start(
      Closing closing, Listener listener, Authenticator authenticator, GrpcServices services) {
    GrpcServer server = new GrpcServer(
        new GrpcSettings(address(listener.address()), limits(), config.limits().drainTimeout()),
        listener.tls().map(files -> tls.grpcServer(TlsFilesOf.listener(files))),
        services,
        authenticator,
        audit,
        ready,
        () -> UUID.randomUUID().toString());
    try {
      server.start();
    } catch (IOException e) {
      throw new GatewayStartException(String.valueOf(e.getMessage()), e);
    }
    closing.add(server);
    return server.address().socketAddress();
  }

  private GrpcLimits limits() {
    GrpcLimits defaults = GrpcLimits.DEFAULTS;
    return new GrpcLimits(
        config.limits().maxBody(),
        defaults.maxMetadataBytes(),
        defaults.callsPerConnection(),
        defaults.resetsPerWindow(),
        defaults.resetWindow(),
        defaults.keepAliveTime(),
        defaults.keepAliveTimeout(),
        defaults.permitKeepAliveTime(),
        defaults.maxConnectionIdle());
  }

  private static GrpcAddress address(Address address) {
    return address instanceof Address.Unix unix
        ? new GrpcAddress.Unix(unix.path())
        : new GrpcAddress.Tcp(((Address.Tcp) address).host(), ((Address.Tcp) address).port());
  }
}
