package dev.phial.gateway.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A small FHIR-like record server on loopback, for the demonstration: it keeps what it is sent, byte for byte, and knows nothing of
 * Phial. {@code POST /fhir/TYPE} stores under a new id, {@code PUT} and {@code GET /fhir/TYPE/ID} write and read.
 */
public final class RecordServer implements AutoCloseable {
  private static final Pattern RESOURCE =
      Pattern.compile("/fhir/([A-Za-z]{1,64})(?:/([A-Za-z0-9.-]{1,64}))?");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(8, task -> {
    Thread thread = new Thread(task, "record-server");
    thread.setDaemon(true);
    return thread;
  });
  private final ConcurrentMap<String, byte[]> records = new ConcurrentHashMap<>();
  private final AtomicLong lastId = new AtomicLong(1000);

  private RecordServer(HttpServer server) {
    this.server = server;
  }

  /** Starts on loopback; port 0 for any free one. */
  public static RecordServer start(int port) throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    RecordServer records = new RecordServer(http);
    http.setExecutor(records.threads);
    http.createContext("/", records::handle);
    http.start();
    return records;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** Everything stored, by {@code Type/id}. */
  public Map<String, String> stored() {
    Map<String, String> stored = new TreeMap<>();
    records.forEach((name, bytes) -> stored.put(name, new String(bytes, StandardCharsets.UTF_8)));
    return stored;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Matcher path = RESOURCE.matcher(exchange.getRequestURI().getPath());
      if (!path.matches()) {
        answer(exchange, 404, outcome("not found"));
        return;
      }
      switch (exchange.getRequestMethod()) {
        case "POST" -> create(exchange, path.group(1), body);
        case "PUT" -> store(exchange, path.group(1) + "/" + path.group(2), body, 200);
        case "GET" -> read(exchange, path.group(1) + "/" + path.group(2));
        default -> answer(exchange, 405, outcome("not allowed"));
      }
    }
  }

  private void create(HttpExchange exchange, String type, byte[] body) throws IOException {
    String name = type + "/" + lastId.incrementAndGet();
    exchange.getResponseHeaders().set("Location", "/fhir/" + name);
    store(exchange, name, body, 201);
  }

  private void store(HttpExchange exchange, String name, byte[] body, int status)
      throws IOException {
    records.put(name, body);
    answer(exchange, status, body);
  }

  private void read(HttpExchange exchange, String name) throws IOException {
    byte[] record = records.get(name);
    if (record == null) {
      answer(exchange, 404, outcome("no such record"));
    } else {
      answer(exchange, 200, record);
    }
  }

  private static byte[] outcome(String text) {
    return ("{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"processing\","
            + "\"diagnostics\":\"" + text + "\"}]}")
        .getBytes(StandardCharsets.UTF_8);
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
