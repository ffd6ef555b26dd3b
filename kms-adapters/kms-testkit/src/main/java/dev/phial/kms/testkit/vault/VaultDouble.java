package dev.phial.kms.testkit.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** The server, on a port of loopback. Thread-safe. */
public final class VaultDouble implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final String scheme;
  private final ExecutorService threads = Executors.newFixedThreadPool(8);
  private final VaultTokens tokens;
  private final VaultLogins logins;
  private final VaultTransit transit;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger throttled = new AtomicInteger();
  private volatile boolean sealed;
  private volatile String namespace = "";
  private volatile String mount = "transit";

  private VaultDouble(HttpServer server, String scheme, InstantSource clock) {
    this.server = server;
    this.scheme = scheme;
    this.tokens = new VaultTokens(clock);
    this.logins = new VaultLogins(tokens);
    this.transit = new VaultTransit(clock);
    server.setExecutor(threads);
    server.createContext("/v1/", this::handle);
    server.start();
  }

  /** Listens without TLS. */
  public static VaultDouble start(InstantSource clock) throws IOException {
    return new VaultDouble(HttpServer.create(loopback(), 0), "http", clock);
  }

  /** Listens with TLS and asks clients for a certificate, which they need not have. */
  public static VaultDouble start(InstantSource clock, SSLContext tls) throws IOException {
    HttpsServer server = HttpsServer.create(loopback(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls) {
      @Override
      public void configure(HttpsParameters parameters) {
        SSLParameters wanted = tls.getDefaultSSLParameters();
        wanted.setWantClientAuth(true);
        parameters.setSSLParameters(wanted);
      }
    });
    return new VaultDouble(server, "https", clock);
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  public String address() {
    return scheme + "://localhost:" + server.getAddress().getPort();
  }

  public VaultTokens tokens() {
    return tokens;
  }

  public VaultLogins logins() {
    return logins;
  }

  public VaultTransit transit() {
    return transit;
  }

  /** From now on only requests in this namespace are served. */
  public void namespace(String only) {
    namespace = only;
  }

  /** From now on the transit engine is mounted elsewhere. */
  public void mount(String path) {
    mount = path;
  }

  /** Seals or unseals. */
  public void sealed(boolean now) {
    sealed = now;
  }

  /** Refuses the next requests as too many. */
  public void throttle(int next) {
    throttled.set(next);
  }

  /** What was asked so far, such as {@code POST transit/encrypt/phial}. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring("/v1/".length());
    requests.add(exchange.getRequestMethod() + " " + path);
    byte[] body = exchange.getRequestBody().readAllBytes();
    try {
      answer(exchange, 200, serve(exchange, path, body));
    } catch (VaultRefusal e) {
      String error = String.valueOf(e.getMessage());
      answer(exchange, e.status(), Map.of("errors", error.isEmpty() ? List.of() : List.of(error)));
    } catch (IOException e) {
      answer(exchange, 400, Map.of("errors", List.of("failed to parse JSON input")));
    }
  }

  private Map<String, ?> serve(HttpExchange exchange, String path, byte[] body) throws IOException {
    if (sealed) {
      throw new VaultRefusal(503, "Vault is sealed");
    }
    if (throttled.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new VaultRefusal(429, "request path \"" + path + "\": rate limit quota exceeded");
    }
    if (!header(exchange, "X-Vault-Namespace").equals(namespace)) {
      throw noRoute(path);
    }
    JsonNode json = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
    boolean write = List.of("POST", "PUT").contains(exchange.getRequestMethod());
    if (path.startsWith("auth/") && path.endsWith("/login") && write) {
      String at = path.substring("auth/".length(), path.length() - "/login".length());
      return auth(logins.login(at, new Fields(json), subject(exchange)));
    }
    String token = header(exchange, "X-Vault-Token");
    VaultTokens.Grant grant = tokens.check(token);
    if (path.equals("auth/token/lookup-self") && !write) {
      return data(lookup(token, grant));
    }
    if (path.equals("auth/token/renew-self") && write) {
      tokens.renew(token);
      return auth(token);
    }
    if (!path.startsWith(mount + "/")) {
      throw noRoute(path);
    }
    return data(
        transit(path.substring(mount.length() + 1).split("/", -1), write, new Fields(json)));
  }

  private Map<String, Object> transit(String[] path, boolean write, Fields fields) {
    String operation = path[0] + (path.length == 3 ? "/" + path[1] : "");
    String key = path[path.length - 1];
    if (operation.equals("keys") && !write) {
      return transit.find(key).facts(key);
    }
    if (!write) {
      throw new VaultRefusal(405, "unsupported operation");
    }
    return switch (operation) {
      case "encrypt" -> transit.encrypt(key, fields);
      case "decrypt" -> transit.decrypt(key, fields);
      case "rewrap" -> transit.rewrap(key, fields);
      case "datakey/plaintext" -> transit.dataKey(key, true, fields);
      case "datakey/wrapped" -> transit.dataKey(key, false, fields);
      default -> throw noRoute(operation);
    };
  }

  private Map<String, Object> lookup(String token, VaultTokens.Grant grant) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("accessor", "example");
    facts.put("creation_time", 0);
    facts.put("creation_ttl", grant.ttl().toSeconds());
    facts.put("display_name", "token");
    facts.put("entity_id", "");
    facts.put("explicit_max_ttl", 0);
    facts.put("id", token);
    facts.put("num_uses", 0);
    facts.put("orphan", true);
    facts.put("path", "auth/token/create");
    facts.put("policies", List.of("default", "phial"));
    facts.put("renewable", grant.renewable());
    facts.put("ttl", tokens.left(grant));
    facts.put("type", "service");
    return facts;
  }

  private Map<String, Object> auth(String token) {
    VaultTokens.Grant grant = tokens.check(token);
    Map<String, Object> auth = new LinkedHashMap<>();
    auth.put("client_token", token);
    auth.put("accessor", "example");
    auth.put("policies", List.of("default", "phial"));
    auth.put("lease_duration", tokens.left(grant));
    auth.put("renewable", grant.renewable());
    return envelope("auth", auth);
  }

  private static Map<String, Object> data(Map<String, ?> data) {
    return envelope("data", data);
  }

  private static Map<String, Object> envelope(String name, Map<String, ?> content) {
    Map<String, Object> envelope = new LinkedHashMap<>();
    envelope.put("request_id", "00000000-0000-0000-0000-000000000000");
    envelope.put("lease_id", "");
    envelope.put("renewable", false);
    envelope.put("lease_duration", 0);
    envelope.put(name, content);
    return envelope;
  }

  private static VaultRefusal noRoute(String path) {
    return new VaultRefusal(404, "no handler for route \"" + path + "\". route entry not found.");
  }

  private static String header(HttpExchange exchange, String name) {
    return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(name), "");
  }

  private static @Nullable String subject(HttpExchange exchange) {
    try {
      return exchange instanceof HttpsExchange tls
          ? tls.getSSLSession().getPeerPrincipal().getName()
          : null;
    } catch (SSLPeerUnverifiedException e) {
      return null;
    }
  }

  private static void answer(HttpExchange exchange, int status, Map<String, ?> content)
      throws IOException {
    byte[] body = JSON.writeValueAsBytes(content);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
