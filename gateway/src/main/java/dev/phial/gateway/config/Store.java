package dev.phial.gateway.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where wrapped keys are kept. */
public sealed interface Store {

  /**
   * An SQLite database beside the gateway.
   *
   * @param file its file, created when it is not there
   */
  record Sqlite(Path file) implements Store {}

  /**
   * A PostgreSQL database, which several gateways may share.
   *
   * @param url where it is
   * @param user the role
   * @param password where the role's password is; none for a role that logs in by certificate
   * @param tls how the way there is kept private; there whenever it leaves this machine
   * @param connections at most
   * @param timeout for one operation
   */
  record Postgres(
      PostgresUrl url,
      String user,
      Optional<Secret> password,
      Optional<Tls> tls,
      int connections,
      Duration timeout)
      implements Store {}

  /** Where a secret is. */
  sealed interface Secret {
    record File(Path path) implements Secret {}

    record Variable(String name) implements Secret {}
  }

  /**
   * TLS of a client, from PEM files. The server's name is always checked.
   *
   * @param ca who signs the server's certificate; none: the JDK's list
   * @param identity what the gateway shows of itself
   */
  record Tls(Optional<Path> ca, Optional<Identity> identity) {

    /**
     * A client certificate.
     *
     * @param certificate the chain, leaf first
     * @param key its private key
     */
    public record Identity(Path certificate, Path key) {}
  }
}
