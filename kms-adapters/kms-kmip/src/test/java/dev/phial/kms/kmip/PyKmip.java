package dev.phial.kms.kmip;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.kms.KmsSettings;
import dev.phial.kms.testkit.Requirement;
import dev.phial.kms.testkit.ServerProcess;
import dev.phial.kms.testkit.TestCertificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** PyKMIP's server in a process of its own, with TLS in both directions; of forward secret suites it has those of EC keys. */
final class PyKmip implements AutoCloseable {
  private final ServerProcess server;
  private final Path directory;
  private final int port;

  private PyKmip(ServerProcess server, Path directory, int port) {
    this.server = server;
    this.directory = directory;
    this.port = port;
  }

  static PyKmip start(Path directory) throws Exception {
    Path program = Requirement.program("pykmip-server", "Debian's python3-pykmip");
    FipsModule.start();
    for (String name : List.of("server", "client", "stranger")) {
      TestCertificates.make(directory, name, "EC");
    }
    int port = ServerProcess.freePort();
    Path policies = Files.createDirectories(directory.resolve("policies"));
    Path configuration = Files.writeString(
        directory.resolve("server.conf"),
        String.join(
            "\n",
            "[server]",
            "hostname=127.0.0.1",
            "port=" + port,
            "certificate_path=" + directory.resolve("server.pem"),
            "key_path=" + directory.resolve("server.key"),
            "ca_path=" + directory.resolve("client.pem"),
            "auth_suite=TLS1.2",
            "policy_path=" + policies,
            "enable_tls_client_auth=True",
            "logging_level=INFO",
            "database_path=" + directory.resolve("pykmip.db"),
            ""));
    List<String> command = List.of(
        program.toString(),
        "-f",
        configuration.toString(),
        "-l",
        directory.resolve("pykmip.log").toString());
    ServerProcess server =
        ServerProcess.start(command, port, Map.of(), directory.resolve("pykmip.out"));
    return new PyKmip(server, directory, port);
  }

  int port() {
    return port;
  }

  KmsSettings settings(Map<String, String> changes) {
    Map<String, String> settings = new HashMap<>(Map.of(
        "address", "localhost:" + port,
        "ca", "server.pem",
        "certificate", "client.pem",
        "key", "client.key",
        "create", "true",
        "timeout", "60s",
        "threads", "2"));
    settings.putAll(changes);
    settings.values().removeIf(String::isEmpty);
    return new KmsSettings("kmip", settings, directory, variable -> "");
  }

  @Override
  public void close() {
    server.close();
  }
}
