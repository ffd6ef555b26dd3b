package dev.phial.gateway.grpc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.proto.v1.AdminServiceGrpc;
import dev.phial.proto.v1.ProtectionServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** T45: who reaches what. */
class AccessTest {
  private final TestServer server = TestServer.onLoopback();

  @AfterEach
  void stop() {
    server.close();
  }

  /** Every method that the descriptors have, so that a new one is tested on the day it is added. */
  static Stream<String> methods() {
    return Stream.of(
            ProtectionServiceGrpc.getServiceDescriptor(), AdminServiceGrpc.getServiceDescriptor())
        .flatMap(service -> service.getMethods().stream())
        .map(MethodDescriptor::getFullMethodName);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void every_method_refuses_a_caller_that_shows_nothing(String method) {
    Failure failure = Failure.of(() -> ClientCalls.blockingUnaryCall(
        channel(method), raw(method), CallOptions.DEFAULT, new ByteArrayInputStream(new byte[0])));

    assertThat(failure.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(failure.reason()).isEqualTo("UNAUTHENTICATED");
    assertThat(server.engine.calls).isEmpty();
    assertThat(server.audit.events()).singleElement().satisfies(event -> {
      assertThat(event.action()).isEqualTo("refuse");
      assertThat(event.outcome()).isEqualTo("unauthenticated");
      assertThat(event.details()).containsEntry("method", method);
    });
  }

  @ParameterizedTest
  @MethodSource("methods")
  void who_is_not_let_in_is_told_only_when_that_is_recorded(String method) {
    server.audit.fail(true);

    Failure failure = Failure.of(() -> ClientCalls.blockingUnaryCall(
        channel(method), raw(method), CallOptions.DEFAULT, new ByteArrayInputStream(new byte[0])));

    assertThat(failure.code()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(failure.reason()).isEqualTo("AUDIT_UNAVAILABLE");
  }

  private ManagedChannel channel(String method) {
    return method.startsWith(AdminServiceGrpc.SERVICE_NAME)
        ? server.adminChannel()
        : server.channel();
  }

  private static MethodDescriptor<InputStream, InputStream> raw(String method) {
    return MethodDescriptor.<InputStream, InputStream>newBuilder()
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName(method)
        .setRequestMarshaller(new Streams())
        .setResponseMarshaller(new Streams())
        .build();
  }

  @Test
  void health_follows_readiness_and_asks_for_no_token() {
    var health = HealthGrpc.newBlockingStub(server.channel());
    HealthCheckRequest all = HealthCheckRequest.getDefaultInstance();
    HealthCheckRequest one = HealthCheckRequest.newBuilder()
        .setService(ProtectionServiceGrpc.SERVICE_NAME)
        .build();

    assertThat(health.check(all).getStatus()).isEqualTo(ServingStatus.SERVING);
    assertThat(health.check(one).getStatus()).isEqualTo(ServingStatus.SERVING);

    server.ready.set(false);
    server.server.refreshHealth();

    assertThat(health.check(all).getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
    assertThat(health.check(one).getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
  }

  @Test
  void a_readiness_that_throws_is_not_serving() {
    var health = HealthGrpc.newBlockingStub(server.channel());
    server.readinessFails.set(true);

    server.server.refreshHealth();

    assertThat(health.check(HealthCheckRequest.getDefaultInstance()).getStatus())
        .isEqualTo(ServingStatus.NOT_SERVING);
  }

  @Test
  void reflection_tells_the_services_to_anyone_on_this_machine() throws Exception {
    assertThat(listed(server.channel()).get(10, SECONDS))
        .containsExactlyInAnyOrder(
            "phial.v1.ProtectionService",
            "phial.v1.DocumentService",
            "phial.v1.MaskingService",
            "grpc.health.v1.Health",
            "grpc.reflection.v1.ServerReflection");
    assertThat(listed(server.adminChannel()).get(10, SECONDS))
        .containsExactlyInAnyOrder(
            "phial.v1.AdminService",
            "grpc.health.v1.Health",
            "grpc.reflection.v1.ServerReflection");
  }

  @ParameterizedTest
  @MethodSource("methods")
  void a_method_of_one_listener_is_not_there_on_the_other(String method) {
    ManagedChannel other =
        channel(method) == server.channel() ? server.adminChannel() : server.channel();

    Failure failure = Failure.of(() -> ClientCalls.blockingUnaryCall(
        ClientInterceptors.intercept(other, TestServer.bearer("officer")),
        raw(method),
        CallOptions.DEFAULT,
        new ByteArrayInputStream(new byte[0])));

    assertThat(failure.code()).isEqualTo(Status.Code.UNIMPLEMENTED);
    assertThat(server.engine.calls).isEmpty();
  }

  @Test
  void health_of_the_admin_listener_is_that_of_its_own_service() {
    var health = HealthGrpc.newBlockingStub(server.adminChannel());
    HealthCheckRequest own = HealthCheckRequest.newBuilder()
        .setService(AdminServiceGrpc.SERVICE_NAME)
        .build();
    HealthCheckRequest other = HealthCheckRequest.newBuilder()
        .setService(ProtectionServiceGrpc.SERVICE_NAME)
        .build();

    assertThat(health.check(own).getStatus()).isEqualTo(ServingStatus.SERVING);
    assertThat(Failure.of(() -> health.check(other)).code()).isEqualTo(Status.Code.NOT_FOUND);
  }

  static CompletableFuture<List<String>> listed(Channel channel) {
    CompletableFuture<List<String>> names = new CompletableFuture<>();
    StreamObserver<ServerReflectionRequest> requests = ServerReflectionGrpc.newStub(channel)
        .serverReflectionInfo(new StreamObserver<>() {
          @Override
          public void onNext(ServerReflectionResponse response) {
            names.complete(response.getListServicesResponse().getServiceList().stream()
                .map(service -> service.getName())
                .toList());
          }

          @Override
          public void onError(Throwable failure) {
            names.completeExceptionally(failure);
          }

          @Override
          public void onCompleted() {
            names.complete(List.of());
          }
        });
    requests.onNext(ServerReflectionRequest.newBuilder().setListServices("*").build());
    requests.onCompleted();
    return names;
  }

  private static final class Streams implements MethodDescriptor.Marshaller<InputStream> {
    @Override
    public InputStream stream(InputStream value) {
      return value;
    }

    @Override
    public InputStream parse(InputStream stream) {
      return stream;
    }
  }
}
