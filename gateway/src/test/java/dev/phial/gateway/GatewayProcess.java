package dev.phial.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code phial serve} as a process of its own, with all it says. */
final class GatewayProcess implements AutoCloseable {
  private static final Path ROOT = Path.of(System.getProperty("phial.root", ".."));
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Process process;
  private final StringBuilder said = new StringBuilder();
  private final Thread reader;

  /**
   * Starts one and waits until it is ready.
   *
   * @param fileKib the most kibibytes of any file that it can write: a disk that is full; 0 for no limit
   */
  GatewayProcess(Path data, int fileKib, List<String> sets) throws Exception {
    List<String> command = new ArrayList<>();
    if (fileKib > 0) {
      command.addAll(
          List.of("/bin/bash", "-c", "ulimit -f " + fileKib + " && exec \"$@\"", "bash"));
    }
    command.addAll(List.of(
        JAVA,
        "-XX:-UsePerfData",
        "-Xmx512m",
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName(),
        "serve",
        "--config",
        ROOT.resolve("config/phial.yaml").toString()));
    List<String> all = new ArrayList<>(List.of(
        "data_dir=" + data,
        "listeners.http.address=127.0.0.1:0",
        "listeners.grpc.address=127.0.0.1:0",
        "listeners.admin.address=127.0.0.1:0",
        "listeners.management.address=127.0.0.1:0"));
    all.addAll(sets);
    for (String set : all) {
      command.addAll(List.of("--set", set));
    }
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    reader = new Thread(this::read, "gateway-process");
    reader.setDaemon(true);
    reader.start();
    await("phial is ready");
    await("management  ");
  }

  private void read() {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        synchronized (said) {
          said.append(line).append('\n');
          said.notifyAll();
        }
      }
    } catch (IOException e) {
      // it was killed
    }
  }

  private void await(String text) throws InterruptedException {
    long end = System.nanoTime() + 120_000_000_000L;
    synchronized (said) {
      while (said.indexOf(text) < 0) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0 || !process.isAlive()) {
          throw new AssertionError("the gateway does not say '" + text + "': " + said);
        }
        said.wait(Math.min(left, 1_000));
      }
    }
  }

  /** All that it has said so far, on both of its outputs. */
  String said() {
    synchronized (said) {
      return said.toString();
    }
  }

  /** The port of what it says it listens on: {@code grpc}, {@code management}, {@code logs app}. */
  int port(String name) throws InterruptedException {
    await("\n  " + name + " ");
    Matcher line = Pattern.compile("(?m)^  " + Pattern.quote(name) + " +[^ ]+:([0-9]+)( .*)?$")
        .matcher(said());
    if (!line.find()) {
      throw new AssertionError("no " + name + " in " + said());
    }
    return Integer.parseInt(line.group(1));
  }

  String management(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port("management") + path);
    return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
    reader.join();
  }

  /** SIGTERM, and whatever that takes. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, java.util.concurrent.TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the gateway does not stop: " + said());
      }
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
