package dev.phial.kms.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A server on loopback that answers JSON as a test's handler says; the double of a cloud's REST service. */
public final class RestDouble implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(8);
  private final Handler handler;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable Reply> instead = new AtomicReference<>();

  /** What the service does. Called on several threads. */
  public interface Handler {
    Reply handle(Request request) throws Exception;
  }

  /**
   * A request.
   *
   * @param method such as {@code POST}
   * @param path with the query
   * @param token of the authorization header, {@code ""} when there is none
   * @param flavor the header {@code Metadata-Flavor}
   * @param text the body
   */
  public record Request(String method, String path, String token, String flavor, String text) {

    /** The body, which must be an object with no other fields than these. */
    public JsonNode json(String... known) throws IOException {
      JsonNode json = JSON.readTree(text);
      TreeSet<String> names = new TreeSet<>();
      json.fieldNames().forEachRemaining(names::add);
      names.removeAll(List.of(known));
      if (!names.isEmpty()) {
        throw new IOException("unknown field " + names.first());
      }
      return json;
    }
  }

  /** An answer. */
  public record Reply(int status, Map<String, ?> body) {}

  private RestDouble(HttpServer server, Handler handler) {
    this.server = server;
    this.handler = handler;
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public static RestDouble start(Handler handler) throws IOException {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new RestDouble(HttpServer.create(loopback, 0), handler);
  }

  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** From now on every request is answered like this; null ends that. */
  public void answerAlways(@Nullable Reply reply) {
    instead.set(reply);
  }

  /** Methods and paths so far. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    Request request = new Request(
        exchange.getRequestMethod(),
        exchange.getRequestURI().toString(),
        header(exchange, "Authorization").replaceFirst("^Bearer ", ""),
        header(exchange, "Metadata-Flavor"),
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    requests.add(request.method() + " " + request.path());
    Reply reply = instead.get();
    byte[] body;
    int status;
    try {
      Reply chosen = reply == null ? handler.handle(request) : reply;
      status = chosen.status();
      body = JSON.writeValueAsBytes(chosen.body());
    } catch (Exception e) {
      status = 400;
      body = JSON.writeValueAsBytes(Map.of("error", Map.of("message", String.valueOf(e))));
    }
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String header(HttpExchange exchange, String name) {
    return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(name), "");
  }
}
