package dev.phial.gateway.grpc;

import dev.phial.gateway.admin.AdminOperations;
import dev.phial.gateway.auth.Authenticator;
import dev.phial.gateway.engine.Engines;
import dev.phial.gateway.engine.RecordingAudit;
import dev.phial.gateway.logs.SsnMasker;
import dev.phial.masking.Masker;
import dev.phial.proto.v1.AdminServiceGrpc;
import dev.phial.proto.v1.AdminServiceGrpc.AdminServiceBlockingStub;
import dev.phial.proto.v1.ProtectionServiceGrpc;
import dev.phial.proto.v1.ProtectionServiceGrpc.ProtectionServiceBlockingStub;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** The two gRPC servers over real Netty with the test engine behind them, and clients for them. */
final class TestServer implements AutoCloseable {
  static final GrpcAddress LOOPBACK = new GrpcAddress.Tcp("127.0.0.1", 0);

  final ReversibleEngine engine = new ReversibleEngine();
  final RecordingAudit audit = new RecordingAudit();
  final TestDocuments documents = new TestDocuments(audit);
  final AtomicReference<Optional<Masker>> masker =
      new AtomicReference<>(Optional.of(new SsnMasker()));
  final AtomicBoolean ready = new AtomicBoolean(true);
  final AtomicBoolean readinessFails = new AtomicBoolean();
  final GrpcServer server;
  private final GrpcServer admin;
  private final AtomicInteger ids = new AtomicInteger();
  private final GrpcClient client;
  private final GrpcClient adminClient;

  private TestServer(
      GrpcAddress address,
      Optional<SslContext> serverTls,
      Optional<SslContext> clientTls,
      Authenticator authenticator,
      Duration drain) {
    this.server = new GrpcServer(
        new GrpcSettings(address, GrpcLimits.DEFAULTS, drain),
        serverTls,
        GrpcServices.data(
            new Engines(engine, documents.records(), documents), call -> masker.get()),
        authenticator,
        audit,
        this::isReady,
        () -> "request-" + ids.incrementAndGet());
    this.admin = new GrpcServer(
        new GrpcSettings(LOOPBACK, GrpcLimits.DEFAULTS, drain),
        Optional.empty(),
        GrpcServices.administration(new AdminOperations(
            new RecordingKeys(),
            new RecordingPins(),
            new RecordingTokens(),
            new RecordingDestruction())),
        authenticator,
        audit,
        this::isReady,
        () -> "request-" + ids.incrementAndGet());
    try {
      server.start();
      admin.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.client = new GrpcClient(reachable(server.address()), clientTls);
    this.adminClient = new GrpcClient(reachable(admin.address()), Optional.empty());
  }

  private boolean isReady() {
    if (readinessFails.get()) {
      throw new AssertionError("the test wants readiness to fail");
    }
    return ready.get();
  }

  private static GrpcAddress reachable(GrpcAddress bound) {
    return bound instanceof GrpcAddress.Tcp tcp
        ? new GrpcAddress.Tcp("127.0.0.1", tcp.port())
        : bound;
  }

  static TestServer onLoopback() {
    return plaintext(LOOPBACK, Duration.ofSeconds(5));
  }

  static TestServer plaintext(GrpcAddress address, Duration drain) {
    return new TestServer(address, Optional.empty(), Optional.empty(), new TokenTable(), drain);
  }

  static TestServer tls(
      GrpcAddress address, SslContext server, SslContext client, Authenticator authenticator) {
    return new TestServer(
        address, Optional.of(server), Optional.of(client), authenticator, Duration.ofSeconds(5));
  }

  ManagedChannel channel() {
    return client.channel();
  }

  /** To the listener of administration. */
  ManagedChannel adminChannel() {
    return adminClient.channel();
  }

  /** Stubs of a caller who sends nothing of itself. */
  ProtectionServiceBlockingStub anonymous() {
    return ProtectionServiceGrpc.newBlockingStub(channel());
  }

  ProtectionServiceBlockingStub as(String token) {
    return anonymous().withInterceptors(bearer(token));
  }

  AdminServiceBlockingStub adminAs(String token) {
    return AdminServiceGrpc.newBlockingStub(adminChannel()).withInterceptors(bearer(token));
  }

  static ClientInterceptor bearer(String token) {
    return metadata("authorization", "Bearer " + token);
  }

  static ClientInterceptor metadata(String name, String... values) {
    Metadata metadata = new Metadata();
    for (String value : values) {
      metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
    }
    return MetadataUtils.newAttachHeadersInterceptor(metadata);
  }

  @Override
  public void close() {
    engine.release.complete(null);
    client.close();
    adminClient.close();
    server.close();
    admin.close();
  }
}
