package dev.phial.gateway.grpc;

import dev.phial.gateway.audit.AuditLog;
import dev.phial.gateway.auth.Authenticator;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A gRPC listener: services of {@code phial.v1}, health and reflection over HTTP/2.
 *
 * <p>Calls run on the event loops, because the engine does not block; handing them to other threads would cost several times the
 * call itself.
 *
 * <p>Plaintext is refused on an address that another machine can reach. Every service needs an authenticated caller, except health;
 * and reflection where the address is local.
 */
public final class GrpcServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GrpcServer.class);
  private static final long KILL_SECONDS = 5;

  private final GrpcSettings settings;
  private final GrpcServices services;
  private final Optional<SocketFile> socketFile;
  private final ReadinessHealth health;
  private final ServerTransport transport;
  private final Server server;
  private volatile boolean listening;

  /**
   * @param tls the TLS context; may be left out where the address is local
   * @param services what is served, beside health and reflection
   * @param authenticator knows callers
   * @param audit records who was not let in, before they are told
   * @param ready whether the gateway can answer at this moment; asked once a second, must not block
   * @param requestIds a new, unique id for each call
   * @throws IllegalArgumentException when plaintext could be reached from another machine
   */
  public GrpcServer(
      GrpcSettings settings,
      Optional<SslContext> tls,
      GrpcServices services,
      Authenticator authenticator,
      AuditLog audit,
      BooleanSupplier ready,
      Supplier<String> requestIds) {
    requireTls(services.setting(), settings.address(), tls);
    this.settings = settings;
    this.services = services;
    this.socketFile = settings.address() instanceof GrpcAddress.Unix unix
        ? Optional.of(new SocketFile(unix.path()))
        : Optional.empty();
    this.health = new ReadinessHealth(services.names(), ready);
    this.transport = new ServerTransport(services.channel(), services.threads());
    AuthenticationInterceptor known =
        new AuthenticationInterceptor(services.channel(), authenticator, audit);
    NettyServerBuilder builder = transport.builder(settings, tls);
    // The interceptor added last is the outermost.
    builder.intercept(new GuardInterceptor()).intercept(new RequestIdInterceptor(requestIds));
    services.all().forEach(service -> builder.addService(behind(known, service)));
    builder.addService(reflection(known, settings.address()));
    builder.addService(StrictMessages.of(health.service().bindService()));
    this.server = builder.build();
  }

  private static void requireTls(String setting, GrpcAddress address, Optional<SslContext> tls) {
    if (tls.isEmpty() && !address.local()) {
      throw new IllegalArgumentException(
          setting + ".address (" + address + ") can be reached from other machines: configure "
              + setting + ".tls, or listen on 127.0.0.1 or unix:/path");
    }
  }

  private static ServerServiceDefinition behind(
      AuthenticationInterceptor known, BindableService service) {
    return StrictMessages.of(ServerInterceptors.intercept(service, known));
  }

  /** The schema is public, but a listener that strangers can reach does not answer strangers. */
  private static ServerServiceDefinition reflection(
      AuthenticationInterceptor known, GrpcAddress address) {
    BindableService reflection = ProtoReflectionServiceV1.newInstance();
    return address.local()
        ? StrictMessages.of(reflection.bindService())
        : behind(known, reflection);
  }

  /**
   * Starts to listen.
   *
   * @throws IOException when the address cannot be had; the message names it
   */
  public void start() throws IOException {
    try {
      if (socketFile.isPresent()) {
        socketFile.get().clear();
      }
      health.refresh();
      server.start();
      listening = true;
      if (socketFile.isPresent()) {
        socketFile.get().restrict();
      }
    } catch (IOException e) {
      close();
      throw new IOException(
          services.setting() + ".address (" + settings.address() + "): " + e.getMessage(), e);
    }
    transport.everySecond(health::refresh);
    LOG.info("{}: listening on {}", services.channel(), address());
  }

  /** Where it listens: the port is the real one. */
  public GrpcAddress address() {
    if (settings.address() instanceof GrpcAddress.Tcp tcp
        && server.getListenSockets().get(0) instanceof InetSocketAddress bound) {
      return new GrpcAddress.Tcp(tcp.host(), bound.getPort());
    }
    return settings.address();
  }

  /** Asks for readiness at once instead of with the next second. */
  void refreshHealth() {
    health.refresh();
  }

  /**
   * Stops: says not serving, takes no new call, lets calls that run finish within the drain time, cancels the rest. Blocks until then;
   * safe to call again.
   */
  @Override
  public void close() {
    health.stop();
    server.shutdown();
    drain();
    transport.stop();
    if (listening) {
      // Never a file that stood in the way of our start: it belongs to another.
      listening = false;
      socketFile.ifPresent(this::remove);
    }
  }

  private void drain() {
    try {
      if (!server.awaitTermination(settings.drain().toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn(
            "{}: calls still ran after the drain time of {}; they are cancelled",
            services.channel(),
            settings.drain());
        server.shutdownNow();
        server.awaitTermination(KILL_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private void remove(SocketFile file) {
    try {
      file.remove();
    } catch (IOException e) {
      LOG.warn("{}: the socket file could not be removed", services.channel());
    }
  }
}
