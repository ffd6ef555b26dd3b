package dev.phial.gateway.http;

import dev.phial.gateway.audit.AuditEvent;
import dev.phial.gateway.audit.AuditLog;
import dev.phial.gateway.audit.AuditUnavailableException;
import dev.phial.gateway.auth.AuthenticationException;
import dev.phial.gateway.auth.Credentials;
import dev.phial.gateway.identity.Caller;
import dev.phial.gateway.policy.Policy;
import dev.phial.gateway.transform.MemoryEngine;
import dev.phial.gateway.transform.TransformLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

/** A proxy on a free port, with an upstream that keeps everything, and an audit log in memory. */
final class ProxyFixture implements AutoCloseable {
  static final ProxySettings.Timeouts QUICK = new ProxySettings.Timeouts(
      Duration.ofMillis(700),
      Duration.ofMillis(700),
      Duration.ofSeconds(5),
      Duration.ofMillis(700),
      Duration.ofMillis(700),
      Duration.ofSeconds(5));

  private final RawUpstream upstream = new RawUpstream();
  private final MemoryAudit audit = new MemoryAudit();
  private final List<HttpObserver.Answer> answers = new CopyOnWriteArrayList<>();
  private final MemoryEngine engine;
  private final ProxyServer server;
  private final SocketAddress address;

  /** Keeps events, or fails. */
  static final class MemoryAudit implements AuditLog {
    private final List<AuditEvent> events = new CopyOnWriteArrayList<>();
    private volatile boolean broken;

    List<AuditEvent> events() {
      return events;
    }

    void breakDown() {
      broken = true;
    }

    @Override
    public CompletionStage<Void> append(AuditEvent event) {
      if (broken) {
        return CompletableFuture.failedFuture(new AuditUnavailableException("told to fail", null));
      }
      events.add(event);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean writable() {
      return !broken;
    }
  }

  ProxyFixture(Policy policy) throws IOException {
    this(
        policy,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        ProxySettings.Timeouts.DEFAULT);
  }

  ProxyFixture(Policy policy, SocketAddress listen, ProxySettings.Timeouts timeouts)
      throws IOException {
    engine = new MemoryEngine(() -> policy);
    server = new ProxyServer(
        new ProxySettings(listen, null, 200, timeouts, TransformLimits.DEFAULT),
        new ProxyParts(
            ProxyFixture::authenticate,
            () -> policy,
            engine,
            audit,
            Map.of("ehr", new Upstream("ehr", upstream.address(), "ehr.test:80", null, 64)),
            new HttpObserver() {
              @Override
              public void answered(Answer answer, Duration took) {
                answers.add(answer);
              }
            },
            ForkJoinPool.commonPool()));
    address =
        server.start().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private static Caller authenticate(Credentials credentials) {
    String role =
        credentials.bearerToken().orElseThrow(() -> new AuthenticationException("no credentials"));
    if (role.equals("bad")) {
      throw new AuthenticationException("the token is not valid");
    }
    return new Caller("sub-" + role, "clinic", Set.of(role), Set.of("TREAT"), Caller.Method.JWT);
  }

  RawUpstream upstream() {
    return upstream;
  }

  MemoryAudit audit() {
    return audit;
  }

  MemoryEngine engine() {
    return engine;
  }

  List<HttpObserver.Answer> answers() {
    return answers;
  }

  SocketAddress address() {
    return address;
  }

  ProxyServer server() {
    return server;
  }

  Socket connect() throws IOException {
    InetSocketAddress inet = (InetSocketAddress) address;
    Socket socket = new Socket(inet.getAddress(), inet.getPort());
    socket.setSoTimeout(10_000);
    return socket;
  }

  /** Sends bytes, ends the output, and gives everything that comes back. */
  String raw(String bytes) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** One request on a connection of its own. */
  String send(String role, String line, String body, String... fields) throws IOException {
    byte[] utf8 = body.getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder(line + " HTTP/1.1\r\nHost: gw\r\nConnection: close\r\n");
    if (!role.isEmpty()) {
      head.append("Authorization: Bearer ").append(role).append("\r\n");
    }
    boolean typed = false;
    for (String field : fields) {
      head.append(field).append("\r\n");
      typed |= field.startsWith("Content-Type");
    }
    if (utf8.length > 0) {
      head.append(typed ? "" : "Content-Type: application/fhir+json\r\n");
      head.append("Content-Length: ").append(utf8.length).append("\r\n");
    }
    return raw(head + "\r\n" + new String(utf8, StandardCharsets.ISO_8859_1));
  }

  static String body(String response) {
    return response.substring(response.indexOf("\r\n\r\n") + 4);
  }

  @Override
  public void close() {
    server
        .stop(Duration.ofMillis(200))
        .toCompletableFuture()
        .orTimeout(10, TimeUnit.SECONDS)
        .join();
    upstream.close();
  }
}
