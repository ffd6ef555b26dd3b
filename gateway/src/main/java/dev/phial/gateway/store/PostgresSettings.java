package dev.phial.gateway.store;

import dev.phial.kms.SecretSource;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/**
 * How a PostgreSQL database is reached. Holds no secret, only where one is.
 *
 * @param hosts {@code host:port}, several with commas; the one that takes writes is used
 * @param database its name there
 * @param user the role
 * @param password the role's, read anew for each connection, so that it can be changed under way; none for a role that
 *     logs in by certificate
 * @param tls makes the TLS connections; without it they are plaintext, which the configuration allows on loopback only
 * @param connections at most, 2 or more; one more listens for notices
 * @param timeout for one operation, from half a second to a minute
 */
public record PostgresSettings(
    String hosts,
    String database,
    String user,
    Optional<SecretSource> password,
    Optional<SSLSocketFactory> tls,
    int connections,
    Duration timeout) {

  /** What messages call the database. */
  String name() {
    return "postgresql://" + hosts + "/" + database;
  }

  String url() {
    return "jdbc:" + name();
  }
}
