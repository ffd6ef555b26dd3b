package dev.phial.gateway.logs.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.phial.gateway.logs.buffer.Parcel;
import dev.phial.gateway.logs.forward.Destination;
import dev.phial.gateway.logs.forward.RejectedException;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.netty.handler.ssl.SslContext;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An OTLP server over gRPC: one call after the other, each delivered when it is answered. */
public final class OtlpDestination implements Destination {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final String host;
  private final int port;
  private final @Nullable SslContext tls;
  private final Optional<Path> authorization;
  private final Duration timeout;
  private @Nullable ManagedChannel channel;

  /** @param authorization a file with the value of the authorization metadata; read for each call */
  public OtlpDestination(
      String host,
      int port,
      @Nullable SslContext tls,
      Optional<Path> authorization,
      Duration timeout) {
    this.host = host;
    this.port = port;
    this.tls = tls;
    this.authorization = authorization;
    this.timeout = timeout;
  }

  @Override
  public void send(Parcel parcel) throws IOException {
    ExportLogsServiceRequest request;
    try {
      request = ExportLogsServiceRequest.parseFrom(parcel.body().duplicate());
    } catch (InvalidProtocolBufferException e) {
      throw new RejectedException(parcel.events(), "a parcel of the buffer is no OTLP request");
    }
    try {
      partial(stub().export(request));
    } catch (StatusRuntimeException e) {
      Status.Code code = e.getStatus().getCode();
      if (code == Status.Code.INVALID_ARGUMENT || code == Status.Code.OUT_OF_RANGE) {
        throw new RejectedException(parcel.events(), "the destination answered " + code);
      }
      throw new IOException("the destination answered " + code, e);
    }
  }

  private static void partial(ExportLogsServiceResponse response) throws RejectedException {
    long rejected = response.getPartialSuccess().getRejectedLogRecords();
    if (rejected > 0) {
      throw new RejectedException(
          (int) Math.min(Integer.MAX_VALUE, rejected), "the destination rejected records");
    }
  }

  private LogsServiceGrpc.LogsServiceBlockingStub stub() throws IOException {
    LogsServiceGrpc.LogsServiceBlockingStub stub = LogsServiceGrpc.newBlockingStub(channel())
        .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS);
    if (authorization.isEmpty()) {
      return stub;
    }
    Metadata headers = new Metadata();
    headers.put(
        AUTHORIZATION,
        Files.readString(authorization.get(), StandardCharsets.UTF_8).strip());
    return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private ManagedChannel channel() {
    ManagedChannel open = channel;
    if (open == null) {
      NettyChannelBuilder builder = NettyChannelBuilder.forAddress(host, port);
      open = (tls == null ? builder.usePlaintext() : builder.sslContext(tls)).build();
      channel = open;
    }
    return open;
  }

  @Override
  public boolean settle(boolean now) {
    return true;
  }

  @Override
  public void reset() {
    ManagedChannel open = channel;
    channel = null;
    if (open != null) {
      open.shutdownNow();
    }
  }
}
