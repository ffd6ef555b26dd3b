package dev.phial.gateway;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.gateway.auth.LocalIssuer;
import dev.phial.gateway.auth.LocalIssuer.Realm;
import dev.phial.gateway.auth.TokenRequest;
import dev.phial.gateway.config.Auth;
import dev.phial.gateway.config.ConfigLoader;
import dev.phial.gateway.config.GatewayConfig;
import dev.phial.gateway.grpc.GrpcAddress;
import dev.phial.gateway.grpc.GrpcClient;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The whole gateway as config/phial.yaml has it, on free ports, in a folder of its own, before a given upstream. */
final class RunningGateway implements AutoCloseable {
  private static final Path ROOT = Path.of(System.getProperty("phial.root", ".."));

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final GatewayConfig config;
  private final Gateway gateway;
  private final LocalIssuer issuer;
  private final LocalIssuer adminIssuer;

  RunningGateway(Path data, int upstreamPort, String... more) {
    List<String> sets = new ArrayList<>(List.of(
        "data_dir=" + data,
        "upstreams.ehr.url=http://127.0.0.1:" + upstreamPort,
        "listeners.http.address=127.0.0.1:0",
        "listeners.grpc.address=127.0.0.1:0",
        "listeners.admin.address=127.0.0.1:0",
        "listeners.management.address=127.0.0.1:0"));
    sets.addAll(List.of(more));
    this.config = new ConfigLoader().load(ROOT.resolve("config/phial.yaml"), Map.of(), sets);
    this.gateway = Gateway.start(config);
    this.issuer = issuer(Realm.DATA, config.auth());
    this.adminIssuer = issuer(Realm.ADMIN, config.admin().orElseThrow().auth());
  }

  private static LocalIssuer issuer(Realm realm, Auth auth) {
    return LocalIssuer.open(
        realm, auth.localIssuer().orElseThrow().file(), FipsModule.start(), Clock.systemUTC());
  }

  Gateway gateway() {
    return gateway;
  }

  GatewayConfig config() {
    return config;
  }

  String token(String role, String purpose) {
    return token("default", role, purpose);
  }

  String token(String tenant, String role, String purpose) {
    Set<String> roles = role.isEmpty() ? Set.of() : Set.of(role);
    return issuer.mint(
        new TokenRequest(role + ".user", tenant, roles, Set.of(purpose), Duration.ofMinutes(15)));
  }

  /** A token for the admin listener. */
  String adminToken(String subject, String... roles) {
    return adminIssuer.mint(new TokenRequest(
        subject, "default", Set.of(roles), Set.of("SYSADMIN"), Duration.ofMinutes(15)));
  }

  /** A client of one of its gRPC listeners. Close it. */
  static GrpcClient client(SocketAddress address) {
    int port = ((InetSocketAddress) address).getPort();
    return new GrpcClient(new GrpcAddress.Tcp("127.0.0.1", port), Optional.empty());
  }

  static ClientInterceptor bearer(String token) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  HttpResponse<String> post(String path, String body, String token)
      throws IOException, InterruptedException {
    return send(request(path, token)
        .header("Content-Type", "application/fhir+json")
        .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpResponse<String> put(String path, String body, String token)
      throws IOException, InterruptedException {
    return put(path, "application/fhir+json", body, token);
  }

  HttpResponse<String> put(String path, String type, String body, String token)
      throws IOException, InterruptedException {
    return send(request(path, token)
        .header("Content-Type", type)
        .PUT(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
    return send(request(path, token).GET());
  }

  String management(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + gateway.addresses().management().getPort() + path);
    return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  String auditLog() throws IOException {
    return Files.readString(config.audit().file());
  }

  private HttpRequest.Builder request(String path, String token) {
    int port = ((InetSocketAddress) gateway.addresses().http()).getPort();
    HttpRequest.Builder request = HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(60))
        .header("Accept", "application/fhir+json");
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    gateway.close();
  }
}
