package dev.phial.gateway.store;

import dev.phial.gateway.tls.ClientTlsFiles;
import dev.phial.gateway.tls.TestCertificates;
import dev.phial.gateway.tls.TlsFiles;
import dev.phial.kms.SecretSource;
import dev.phial.kms.testkit.Requirement;
import dev.phial.kms.testkit.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Assumptions;

/**
 * A PostgreSQL server of the tests' own: on loopback, in a folder of its own, with TLS and passwords under SCRAM. PostgreSQL
 * does not run as root, so root starts it as the user {@code postgres}.
 */
public final class PostgresServer implements AutoCloseable {
  public static final String USER = "phial";
  public static final String PASSWORD = "a password for tests only";
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final Path programs;
  private final Path folder;
  private final int port;
  private Optional<ServerProcess> process = Optional.empty();

  private PostgresServer(Path programs, Path folder) {
    this.programs = programs;
    this.folder = folder;
    this.port = ServerProcess.freePort();
  }

  /** One for all tests of this process, ended with it. */
  public static PostgresServer shared() {
    return Shared.of(programs());
  }

  /** One for a test that stops it or looks at its connections. */
  public static PostgresServer own() {
    return create(programs());
  }

  private static Path programs() {
    return Requirement.file(
            List.of(
                "/usr/lib/postgresql/15/bin/postgres",
                "/usr/lib/postgresql/16/bin/postgres",
                "/usr/lib/postgresql/17/bin/postgres"),
            "the Debian package postgresql")
        .resolveSibling("");
  }

  private static PostgresServer create(Path programs) {
    try {
      Path folder = Files.createTempDirectory("phial-pg");
      PostgresServer server = new PostgresServer(programs, folder);
      server.prepare();
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL does not start", e);
    }
  }

  private void prepare() throws IOException {
    Files.writeString(folder.resolve("password"), PASSWORD);
    TestCertificates certificates = TestCertificates.in(folder);
    TlsFiles files = certificates.server();
    Files.copy(files.certificate(), folder.resolve("tls.pem"), StandardCopyOption.REPLACE_EXISTING);
    Files.copy(files.key(), folder.resolve("tls.key"), StandardCopyOption.REPLACE_EXISTING);
    Files.copy(certificates.ca(), folder.resolve("ca.pem"), StandardCopyOption.REPLACE_EXISTING);
    Files.setPosixFilePermissions(
        folder.resolve("tls.key"), PosixFilePermissions.fromString("rw-------"));
    giveAway();
    run(
        programs.resolve("initdb").toString(),
        "--no-sync",
        "--pgdata=" + folder.resolve("data"),
        "--username=" + USER,
        "--pwfile=" + folder.resolve("password"),
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C");
  }

  private void giveAway() throws IOException {
    if (!root()) {
      return;
    }
    var owner = folder.getFileSystem().getUserPrincipalLookupService();
    Assumptions.assumeTrue(
        Files.exists(Path.of("/etc/passwd")) && hasUser(), "skipped: there is no user postgres");
    try (var files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        Files.setOwner(file, owner.lookupPrincipalByName("postgres"));
      }
    }
  }

  private static boolean hasUser() throws IOException {
    return Files.readAllLines(Path.of("/etc/passwd")).stream()
        .anyMatch(line -> line.startsWith("postgres:"));
  }

  private static boolean root() {
    return System.getProperty("user.name").equals("root");
  }

  private static List<String> unprivileged(List<String> command) {
    List<String> whole = new ArrayList<>();
    if (root()) {
      whole.addAll(
          List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"));
    }
    whole.addAll(command);
    return whole;
  }

  private void run(String... command) throws IOException {
    Path log = folder.resolve("initdb.log");
    Process process = new ProcessBuilder(unprivileged(List.of(command)))
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
    try {
      if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(command[0] + ": " + Files.readString(log));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Starts it again, on the same port with the same data. */
  public void start() {
    process = Optional.of(ServerProcess.start(
        unprivileged(List.of(
            programs.resolve("postgres").toString(),
            "-D",
            folder.resolve("data").toString(),
            "-p",
            Integer.toString(port),
            "-k",
            folder.toString(),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "ssl=on",
            "-c",
            "ssl_cert_file=" + folder.resolve("tls.pem"),
            "-c",
            "ssl_key_file=" + folder.resolve("tls.key"))),
        port,
        Map.of(),
        folder.resolve("server.log")));
    awaitLogins();
  }

  /** A port is open while the server still reads its log. */
  private void awaitLogins() {
    for (int attempt = 0; ; attempt++) {
      try {
        connect("postgres").close();
        return;
      } catch (SQLException e) {
        if (attempt >= 600) {
          throw new IllegalStateException("PostgreSQL takes no log-ins", e);
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  /** Ends it, connections and all. */
  public void stop() {
    process.ifPresent(ServerProcess::close);
    process = Optional.empty();
  }

  public int port() {
    return port;
  }

  /** Who signed the server's certificate. */
  public ClientTlsFiles tls() {
    return new ClientTlsFiles(Optional.of(folder.resolve("ca.pem")), Optional.empty());
  }

  /** A new, empty database; the answer is its name. */
  public String newDatabase() {
    String name = "test_" + DATABASES.incrementAndGet();
    sql("postgres", "CREATE DATABASE " + name);
    return name;
  }

  /** The folder with a database's tables. */
  public Path files(String database) throws SQLException {
    try (Connection connection = connect("postgres");
        PreparedStatement select =
            connection.prepareStatement("SELECT oid FROM pg_database WHERE datname = ?")) {
      select.setString(1, database);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return folder.resolve("data/base").resolve(row.getString(1));
      }
    }
  }

  public void sql(String database, String sql) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** A connection of the test's own. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database, USER, PASSWORD);
  }

  public PostgresSettings settings(String database) {
    return settings(database, PASSWORD, Optional.empty(), Duration.ofSeconds(20));
  }

  public PostgresSettings settings(
      String database, String password, Optional<SSLSocketFactory> tls, Duration timeout) {
    return new PostgresSettings(
        "127.0.0.1:" + port,
        database,
        USER,
        Optional.of(new SecretSource.Environment("TEST", variable -> password)),
        tls,
        4,
        timeout);
  }

  @Override
  public void close() {
    stop();
    try {
      deleteFolder();
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be deleted", e);
    }
  }

  private void deleteFolder() throws IOException {
    Files.walkFileTree(folder, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
          throws IOException {
        Files.delete(file);
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFileFailed(Path file, IOException gone) {
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult postVisitDirectory(
          Path directory, @SuppressWarnings("unused") IOException failure) throws IOException {
        Files.delete(directory);
        return FileVisitResult.CONTINUE;
      }
    });
  }

  /** Made once, and not again when that failed. */
  private static final class Shared {
    private static Optional<PostgresServer> server = Optional.empty();

    private Shared() {}

    static synchronized PostgresServer of(Path programs) {
      if (server.isEmpty()) {
        PostgresServer started = create(programs);
        Runtime.getRuntime().addShutdownHook(new Thread(started::close));
        server = Optional.of(started);
      }
      return server.get();
    }
  }
}
