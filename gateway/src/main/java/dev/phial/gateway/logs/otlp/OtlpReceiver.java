package dev.phial.gateway.logs.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.phial.gateway.logs.intake.Intake;
import dev.phial.gateway.logs.intake.IntakeException;
import dev.phial.gateway.logs.intake.LogObserver;
import dev.phial.gateway.logs.net.Receiver;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** OTLP over gRPC. A call is answered when its records are in the buffer. */
public final class OtlpReceiver implements Receiver {
  private static final int CALLS_PER_CONNECTION = 64;
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final Server server;
  private final LogObserver observer;

  /**
   * @param tokens whether an Authorization field shows a token
   * @param maxRequest the most bytes of a request, decompressed
   */
  public OtlpReceiver(
      Intake intake,
      LogObserver observer,
      InetSocketAddress address,
      @Nullable SslContext tls,
      EventLoopGroup loops,
      Executor workers,
      Predicate<String> tokens,
      int maxRequest,
      Duration idle) {
    this.observer = observer;
    NettyServerBuilder builder = NettyServerBuilder.forAddress(address)
        .bossEventLoopGroup(loops)
        .workerEventLoopGroup(loops)
        .channelType(NioServerSocketChannel.class)
        .executor(workers)
        .maxInboundMessageSize(maxRequest)
        .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION)
        .maxConnectionIdle(idle.toMillis(), TimeUnit.MILLISECONDS)
        .intercept(new TokenCheck(observer, tokens))
        .addService(new Service(intake, observer));
    if (tls != null) {
      builder.sslContext(tls);
    }
    this.server = builder.build();
  }

  /** Refuses calls that show no token. */
  private record TokenCheck(LogObserver observer, Predicate<String> tokens)
      implements ServerInterceptor {
    @Override
    public <A, B> ServerCall.Listener<A> interceptCall(
        ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
      String shown = headers.get(AUTHORIZATION);
      if (tokens.test(shown == null ? "" : shown)) {
        return next.startCall(call, headers);
      }
      observer.refused("token");
      call.close(
          Status.UNAUTHENTICATED.withDescription("the token is missing or not known"),
          new Metadata());
      return new ServerCall.Listener<>() {};
    }
  }

  /** The service. */
  private static final class Service extends LogsServiceGrpc.LogsServiceImplBase {
    private final Intake intake;
    private final LogObserver observer;

    Service(Intake intake, LogObserver observer) {
      this.intake = intake;
      this.observer = observer;
    }

    @Override
    public void export(
        ExportLogsServiceRequest request, StreamObserver<ExportLogsServiceResponse> answer) {
      var unused = take(request).whenComplete((taken, failure) -> {
        if (failure == null) {
          answer.onNext(ExportLogsServiceResponse.getDefaultInstance());
          answer.onCompleted();
        } else {
          answer.onError(refusal(failure));
        }
      });
    }

    private CompletionStage<Void> take(ExportLogsServiceRequest request) {
      try {
        OtlpBatch batch = OtlpBatch.parse(request.toByteArray(), Map.of());
        return batch.size() == 0 ? CompletableFuture.completedStage(null) : intake.take(batch);
      } catch (InvalidProtocolBufferException | RuntimeException e) {
        return CompletableFuture.failedStage(e);
      }
    }

    private StatusRuntimeException refusal(Throwable failure) {
      Throwable cause = failure instanceof CompletionException && failure.getCause() != null
          ? failure.getCause()
          : failure;
      if (cause instanceof IntakeException refused) {
        observer.refused(refused.reason().name().toLowerCase(java.util.Locale.ROOT));
        return Status.UNAVAILABLE.withDescription(refused.getMessage()).asRuntimeException();
      }
      observer.refused("malformed");
      return Status.INVALID_ARGUMENT
          .withDescription("the request is not OTLP, or an identifier has a wrong length")
          .asRuntimeException();
    }
  }

  @Override
  public CompletionStage<SocketAddress> start() {
    try {
      server.start();
      return CompletableFuture.completedStage(server.getListenSockets().get(0));
    } catch (IOException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  @Override
  public CompletionStage<Void> stop(Duration grace) {
    server.shutdown();
    return CompletableFuture.runAsync(() -> {
      try {
        if (!server.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
          server.shutdownNow();
          observer.refused("stopping");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
  }
}
