package dev.phial.benchmarks.rotation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PostgreSQL server on loopback in a folder of its own, durable as in production. It does not run as root. */
final class PostgresProcess implements AutoCloseable {
  static final String USER = "phial";
  private static final String PASSWORD = "a password for this run only";

  private final Path programs;
  private final Path folder;
  private final int port;
  private final Process server;

  private PostgresProcess(Path programs, Path folder, int port, Process server) {
    this.programs = programs;
    this.folder = folder;
    this.port = port;
    this.server = server;
  }

  /** Where its programs are, if it is installed. */
  static Optional<Path> programs() {
    return Stream.of("17", "16", "15", "14")
        .map(version -> Path.of("/usr/lib/postgresql", version, "bin"))
        .filter(path -> Files.isExecutable(path.resolve("postgres")))
        .findFirst();
  }

  static PostgresProcess start(Path programs, Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("password"), PASSWORD);
    int port = Ports.free();
    run(List.of("chmod", "755", folder.resolve("..").toString()));
    if (isRoot()) {
      run(List.of("chown", "-R", "postgres", folder.toString()));
    }
    run(unprivileged(List.of(
        programs.resolve("initdb").toString(),
        "--pgdata=" + folder.resolve("data"),
        "--username=" + USER,
        "--pwfile=" + folder.resolve("password"),
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C")));
    Process server = new ProcessBuilder(unprivileged(List.of(
            programs.resolve("postgres").toString(),
            "-D",
            folder.resolve("data").toString(),
            "-p",
            Integer.toString(port),
            "-k",
            folder.toString(),
            "-c",
            "listen_addresses=127.0.0.1")))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("server.log").toFile())
        .start();
    PostgresProcess started = new PostgresProcess(programs, folder, port, server);
    started.createDatabase();
    return started;
  }

  private void createDatabase() throws IOException {
    for (int attempt = 0; ; attempt++) {
      try {
        runWith(
            List.of(
                programs.resolve("createdb").toString(),
                "--host=127.0.0.1",
                "--port=" + port,
                "--username=" + USER,
                "phial"),
            PASSWORD);
        return;
      } catch (IOException e) {
        if (attempt >= 100) {
          close();
          throw e;
        }
        Ports.pause();
      }
    }
  }

  String url() {
    return "postgresql://127.0.0.1:" + port + "/phial";
  }

  /** A copy of the password in a file that only its owner can read. */
  Path passwordFile(Path folderOfGateway) throws IOException {
    Path file = folderOfGateway.resolve("db-password");
    Files.writeString(file, PASSWORD);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static List<String> unprivileged(List<String> command) {
    List<String> whole = new ArrayList<>();
    if (isRoot()) {
      whole.addAll(
          List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"));
    }
    whole.addAll(command);
    return whole;
  }

  private static void run(List<String> command) throws IOException {
    runWith(command, "");
  }

  private static void runWith(List<String> command, String password) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command)
        .directory(Path.of("/").toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("PGPASSWORD", password);
    Process process = builder.start();
    try {
      if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(command.get(0) + " failed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    server.destroy();
    try {
      if (!server.waitFor(20, TimeUnit.SECONDS)) {
        server.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      server.destroyForcibly();
    }
  }

  @Override
  public String toString() {
    return "PostgreSQL in " + folder;
  }
}
