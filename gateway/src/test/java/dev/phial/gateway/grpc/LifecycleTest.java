package dev.phial.gateway.grpc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.ListenableFuture;
import dev.phial.proto.v1.ProtectionServiceGrpc;
import dev.phial.proto.v1.TokenizeRequest;
import dev.phial.proto.v1.TokenizeResponse;
import io.grpc.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LifecycleTest {
  private static final Duration DRAIN = Duration.ofSeconds(10);
  private static final TokenizeRequest GOOD =
      TokenizeRequest.newBuilder().setElement("ssn").setValue("536-27-8841").build();

  private final Path directory;

  LifecycleTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private GrpcAddress.Unix socket() {
    return new GrpcAddress.Unix(directory.resolve("phial.sock"));
  }

  @Test
  void a_unix_socket_serves_its_owner_only_and_is_gone_afterwards() throws Exception {
    Path file = socket().path();

    try (TestServer server = TestServer.plaintext(socket(), DRAIN)) {
      assertThat(server.as("clinician").tokenize(GOOD).getToken()).isNotEmpty();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }

    assertThat(file).doesNotExist();
  }

  @Test
  void a_socket_file_that_a_killed_process_left_is_replaced() throws Exception {
    try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      left.bind(UnixDomainSocketAddress.of(socket().path()));
    }
    assertThat(socket().path()).exists();

    try (TestServer server = TestServer.plaintext(socket(), DRAIN)) {
      assertThat(server.as("clinician").tokenize(GOOD).getToken()).isNotEmpty();
    }
  }

  @Test
  void a_socket_in_use_is_left_alone() {
    try (TestServer first = TestServer.plaintext(socket(), DRAIN)) {
      assertThatThrownBy(() -> TestServer.plaintext(socket(), DRAIN))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("listeners.grpc.address")
          .hasMessageContaining("in use");
      assertThat(first.as("clinician").tokenize(GOOD).getToken()).isNotEmpty();
    }
  }

  @Test
  void a_file_that_is_no_socket_is_never_removed() throws Exception {
    Files.writeString(socket().path(), "something of the user's");

    assertThatThrownBy(() -> TestServer.plaintext(socket(), DRAIN))
        .hasMessageContaining("not a socket");

    assertThat(socket().path()).hasContent("something of the user's");
  }

  @Test
  void a_port_in_use_is_said_with_its_setting() {
    try (TestServer first = TestServer.onLoopback()) {
      assertThatThrownBy(() -> TestServer.plaintext(first.server.address(), DRAIN))
          .hasRootCauseInstanceOf(IOException.class)
          .hasMessageContaining("listeners.grpc.address");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.0.0.0:7443", "[::]:7443", "10.0.0.5:7443", "gateway.example:7443", "127.1:7443"
      })
  void plaintext_is_refused_where_another_machine_could_listen_in(String address) {
    assertThatThrownBy(() -> TestServer.plaintext(GrpcAddress.parse(address), DRAIN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("listeners.grpc.tls");
    assertThatThrownBy(() -> new GrpcClient(GrpcAddress.parse(address), Optional.empty()).close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("TLS is needed");
  }

  @Test
  void a_stop_lets_a_call_that_runs_finish() throws Exception {
    try (TestServer server = TestServer.plaintext(TestServer.LOOPBACK, DRAIN)) {
      ListenableFuture<TokenizeResponse> running = slowCall(server);
      CompletableFuture<Void> stop = CompletableFuture.runAsync(
          server.server::close, task -> new Thread(task, "stopper").start());
      Failure refused = Failure.of(() -> refusedCall(server));

      server.engine.release.complete(null);

      assertThat(running.get(10, SECONDS).getToken()).isNotEmpty();
      stop.get(20, SECONDS);
      assertThat(refused.code()).isEqualTo(Status.Code.UNAVAILABLE);
    }
  }

  @Test
  void a_stop_cancels_a_call_that_runs_longer_than_the_drain_time() throws Exception {
    try (TestServer server = TestServer.plaintext(TestServer.LOOPBACK, Duration.ofMillis(100))) {
      ListenableFuture<TokenizeResponse> running = slowCall(server);

      server.server.close();

      assertThatThrownBy(() -> running.get(10, SECONDS)).hasMessageContaining("UNAVAILABLE");
    }
  }

  private static ListenableFuture<TokenizeResponse> slowCall(TestServer server) throws Exception {
    ListenableFuture<TokenizeResponse> call = ProtectionServiceGrpc.newFutureStub(server.channel())
        .withInterceptors(TestServer.bearer("clinician"))
        .tokenize(GOOD.toBuilder().setElement(ReversibleEngine.SLOW).build());
    server.engine.slowStarted.get(10, SECONDS);
    return call;
  }

  /** Calls until the stop is noticed: with GOAWAY on its way a call may still get through. */
  private static void refusedCall(TestServer server) {
    for (int i = 0; i < 100_000; i++) {
      server.as("clinician").tokenize(GOOD);
    }
  }
}
