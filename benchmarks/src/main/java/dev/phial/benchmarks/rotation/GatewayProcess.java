package dev.phial.benchmarks.rotation;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** One gateway, a process of its own. Its methods are one thread's; the channel and {@link #disturbed} are everybody's. */
final class GatewayProcess implements AutoCloseable {
  private static final Duration READY = Duration.ofMinutes(4);
  /** A call that was under way when a gateway was killed or stopped may end this much later. */
  private static final Duration AFTERMATH = Duration.ofSeconds(15);

  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private final Path home;
  private final Path folder;
  private final int management;
  private final ManagedChannel channel;
  private final ManagedChannel admin;
  private Process process;
  private volatile long quietUntil = System.nanoTime();
  private volatile boolean down;

  private GatewayProcess(
      Path home,
      Path folder,
      int management,
      ManagedChannel channel,
      ManagedChannel admin,
      Process process) {
    this.home = home;
    this.folder = folder;
    this.management = management;
    this.channel = channel;
    this.admin = admin;
    this.process = process;
  }

  /**
   * Starts one and waits until it is ready.
   *
   * @param shared what the gateways share: the KMS's file, the issuer's key, the policy
   */
  static GatewayProcess start(Path home, Path folder, Path shared, PostgresProcess postgres)
      throws IOException {
    Files.createDirectories(folder);
    int grpc = Ports.free();
    int admin = Ports.free();
    int management = Ports.free();
    Files.writeString(
        folder.resolve("phial.yaml"),
        config(folder, shared, postgres, new int[] {Ports.free(), grpc, management, admin}));
    GatewayProcess gateway = new GatewayProcess(
        home, folder, management, channel(grpc), channel(admin), run(home, folder, "serve"));
    gateway.awaitReady();
    return gateway;
  }

  private static ManagedChannel channel(int port) {
    return ManagedChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
  }

  private static String config(Path folder, Path shared, PostgresProcess postgres, int[] ports)
      throws IOException {
    return String.format(
        Locale.ROOT,
        """
        policy: %1$s/policy.yaml
        data_dir: %2$s
        listeners:
          http:       { address: "127.0.0.1:%3$d" }
          grpc:       { address: "127.0.0.1:%4$d" }
          admin:      { address: "127.0.0.1:%9$d" }
          management: { address: "127.0.0.1:%5$d" }
        kms:
          local:
            type: local
            keystore: %1$s/local.bcfks
            create: true
            passphrase: { file: %1$s/passphrase }
            resilience: { rate: 100000 } # hundreds of versions are confirmed each minute
        keys: { kek: local/default }
        store: { type: postgresql, url: "%6$s", user: %7$s, password: { file: %8$s }, timeout: 20s }
        audit: { file: audit.jsonl, timeout: 20s }
        auth:
          local_issuer: { file: %1$s/issuer.jwk, create: true }
        admin:
          auth:
            local_issuer: { file: %1$s/admin-issuer.jwk, create: true }
        """,
        shared,
        folder,
        ports[0],
        ports[1],
        ports[2],
        postgres.url(),
        PostgresProcess.USER,
        postgres.passwordFile(folder),
        ports[3]);
  }

  /** A token of the issuer that all of them share, for callers. */
  String token(String roles) throws IOException {
    return token(new String[] {"token", "--role", roles, "--as-tenant", Load.TENANT});
  }

  /** The same for administrators. */
  String adminToken() throws IOException {
    return token(new String[] {"token", "--admin"});
  }

  private String token(String[] words) throws IOException {
    Process minting = new ProcessBuilder(command(home, folder, words))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    return new String(minting.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  private static Process run(Path home, Path folder, String command) throws IOException {
    return new ProcessBuilder(command(home, folder, command))
        .redirectErrorStream(true)
        .redirectOutput(
            ProcessBuilder.Redirect.appendTo(folder.resolve("gateway.log").toFile()))
        .start();
  }

  private static List<String> command(Path home, Path folder, String... words) {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Dorg.bouncycastle.fips.approved_only=true",
        "-Dphial.home=" + home,
        "-Dphial.log.level=INFO",
        "-Xms64m",
        "-Xmx384m",
        "-XX:MaxDirectMemorySize=192m",
        "-XX:+ExitOnOutOfMemoryError",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        home.resolve("gateway/target/dist/lib") + "/*",
        "dev.phial.gateway.Main"));
    command.addAll(List.of(words));
    command.addAll(List.of("--config", folder.resolve("phial.yaml").toString()));
    return command;
  }

  private void awaitReady() throws IOException {
    long end = System.nanoTime() + READY.toNanos();
    while (!isReady()) {
      if (System.nanoTime() > end || !process.isAlive()) {
        throw new IOException("a gateway does not start; see " + folder.resolve("gateway.log"));
      }
      Ports.pause();
    }
  }

  private boolean isReady() {
    URI ready = URI.create("http://127.0.0.1:" + management + "/readyz");
    try {
      return HTTP.send(
                  HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(2)).build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  ManagedChannel channel() {
    return channel;
  }

  /** To where keys are administered. */
  ManagedChannel admin() {
    return admin;
  }

  /** Whether a call without an answer is no failure of the gateway, because it was killed or stopped. */
  boolean disturbed() {
    return down || System.nanoTime() - quietUntil < 0;
  }

  /** Whether it is killed or stopped at this moment: callers go elsewhere. */
  boolean isDown() {
    return down;
  }

  /** {@code kill -9}, a pause, and the start of another process in its place. */
  void killAndRestart() throws IOException {
    down = true;
    process.destroyForcibly();
    for (int tenth = 0; tenth < 20; tenth++) {
      Ports.pause();
    }
    process = run(home, folder, "serve");
    awaitReady();
    up();
  }

  /** Stops it for some seconds, as a machine does that swaps or migrates. */
  void pause(int seconds) throws IOException {
    down = true;
    signal("-STOP");
    for (int tenth = 0; tenth < 10 * seconds; tenth++) {
      Ports.pause();
    }
    signal("-CONT");
    up();
  }

  private void up() {
    quietUntil = System.nanoTime() + AFTERMATH.toNanos();
    down = false;
  }

  private void signal(String signal) throws IOException {
    Process kill = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
    try {
      boolean unused = kill.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
    admin.shutdownNow();
    process.destroy();
    try {
      if (!process.waitFor(40, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
