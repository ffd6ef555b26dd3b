package dev.phial.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A record server that keeps what it stores, and a record of everything it was ever sent: lines, fields and bodies. */
final class RecordingUpstream implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(8);
  private final Map<String, byte[]> stored = new ConcurrentHashMap<>();
  private final ByteArrayOutputStream everything = new ByteArrayOutputStream();
  private final AtomicInteger requests = new AtomicInteger();

  RecordingUpstream() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  int requests() {
    return requests.get();
  }

  /** What lies at a path, as text. */
  String stored(String path) {
    byte[] body = stored.get(path);
    return body == null ? "" : new String(body, StandardCharsets.UTF_8);
  }

  void store(String path, String body) {
    stored.put(path, body.getBytes(StandardCharsets.UTF_8));
  }

  /** Every byte received. */
  synchronized String everything() {
    return everything.toString(StandardCharsets.UTF_8);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      int number = requests.incrementAndGet();
      keep(exchange, body);
      String path = exchange.getRequestURI().getPath();
      switch (exchange.getRequestMethod()) {
        case "POST" -> {
          String made = (path.equals("/fhir") ? "/fhir/Bundle" : path) + "/n" + number;
          exchange.getResponseHeaders().set("Location", made);
          stored.put(made, body);
          answer(exchange, 201, body);
        }
        case "PUT" -> {
          stored.put(path, body);
          answer(exchange, 200, body);
        }
        default -> {
          byte[] found = stored.get(path);
          answer(
              exchange,
              found == null ? 404 : 200,
              found == null ? "{}".getBytes(StandardCharsets.UTF_8) : found);
        }
      }
    }
  }

  private synchronized void keep(HttpExchange exchange, byte[] body) {
    String head = exchange.getRequestMethod() + " " + exchange.getRequestURI() + "\n"
        + exchange.getRequestHeaders().entrySet() + "\n";
    everything.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    everything.writeBytes(body);
    everything.write('\n');
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/fhir+json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
