package dev.phial.gateway.management;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * The operators' listener: {@code /livez}, {@code /readyz} and {@code /metrics}, plaintext HTTP without authentication. It
 * shows states and counts, nothing of any patient; bind it to loopback or to the network of the orchestrator.
 */
public final class ManagementServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads;

  private ManagementServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts listening.
   *
   * @param address where; port 0 for any free one
   * @param ready each check by name; ready when all hold
   * @param facts what else {@code /readyz} says, such as the FIPS module in use; nothing that counts for readiness
   * @param metrics the Prometheus text
   * @throws IOException when the address cannot be bound
   */
  public static ManagementServer start(
      InetSocketAddress address,
      Supplier<Map<String, Boolean>> ready,
      Supplier<Map<String, String>> facts,
      Supplier<String> metrics)
      throws IOException {
    HttpServer server = HttpServer.create(address, 0);
    ExecutorService threads = Executors.newFixedThreadPool(2, task -> {
      Thread thread = new Thread(task, "phial-management");
      thread.setDaemon(true);
      return thread;
    });
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange ->
            answer(exchange, 404, "text/plain", "not found: try /livez /readyz /metrics\n"));
    server.createContext("/livez", exchange -> answer(exchange, 200, "text/plain", "alive\n"));
    server.createContext("/readyz", exchange -> readyz(exchange, ready.get(), facts.get()));
    server.createContext(
        "/metrics",
        exchange ->
            answer(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", metrics.get()));
    server.start();
    return new ManagementServer(server, threads);
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  private static void readyz(
      HttpExchange exchange, Map<String, Boolean> checks, Map<String, String> facts)
      throws IOException {
    boolean ready = checks.values().stream().allMatch(holds -> holds);
    StringBuilder text = new StringBuilder(ready ? "ready\n" : "not ready\n");
    checks.forEach(
        (name, holds) -> text.append(holds ? "[ok]   " : "[fail] ").append(name).append('\n'));
    new TreeMap<>(facts)
        .forEach((name, fact) ->
            text.append("       ").append(name).append(": ").append(fact).append('\n'));
    answer(exchange, ready ? 200 : 503, "text/plain", text.toString());
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
      if (!head) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
