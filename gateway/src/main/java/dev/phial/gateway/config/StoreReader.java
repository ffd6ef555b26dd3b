package dev.phial.gateway.config;

import dev.phial.gateway.yaml.YamlFields;
import dev.phial.gateway.yaml.YamlNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Reads {@code store}. */
final class StoreReader {
  private static final int CONNECTIONS = 8;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration SHORTEST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final Directories directories;

  StoreReader(Directories directories) {
    this.directories = directories;
  }

  Optional<Store> read(YamlNode node) {
    YamlFields fields = node.fields();
    Optional<Store> store = fields
        .required("type")
        .flatMap(type -> type.parse(StoreReader::known))
        .flatMap(type -> type.equals("sqlite") ? sqlite(fields) : postgres(fields, node));
    if (store.isPresent() || fields.optional("type").isEmpty()) {
      fields.done();
    }
    return store;
  }

  private static String known(String type) {
    if (!type.equals("sqlite") && !type.equals("postgresql")) {
      throw new IllegalArgumentException("must be sqlite or postgresql");
    }
    return type;
  }

  private Optional<Store> sqlite(YamlFields fields) {
    return fields.required("file").flatMap(directories::written).map(Store.Sqlite::new);
  }

  private Optional<Store> postgres(YamlFields fields, YamlNode node) {
    Optional<PostgresUrl> url =
        fields.required("url").flatMap(text -> text.parse(PostgresUrl::parse));
    String user = fields.text("user");
    Optional<Store.Secret> password = fields.optional("password").flatMap(this::secret);
    Optional<Store.Tls> tls = fields.optional("tls").flatMap(this::tls);
    int connections = fields.integer("connections", 2, 200, CONNECTIONS);
    Duration timeout = fields
        .optional("timeout")
        .flatMap(text -> text.parse(StoreReader::timeout))
        .orElse(TIMEOUT);
    if (tls.isEmpty() && url.isPresent() && !url.get().local()) {
      node.refuse("needs 'tls' ({} trusts the JDK's list): plaintext is spoken on loopback only");
    }
    return url.map(place -> new Store.Postgres(place, user, password, tls, connections, timeout));
  }

  private static Duration timeout(String text) {
    Duration timeout = Units.duration(text, LONGEST);
    if (timeout.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException("must be 500ms or more");
    }
    return timeout;
  }

  private Optional<Store.Secret> secret(YamlNode node) {
    if (node.isScalar()) {
      node.refuse("would be a secret in the configuration; write where it is instead: "
          + "{ file: path } or { env: VARIABLE }");
      return Optional.empty();
    }
    YamlFields fields = node.fields();
    Optional<Store.Secret> file =
        fields.optional("file").flatMap(directories::read).map(Store.Secret.File::new);
    Optional<Store.Secret> variable =
        fields.optional("env").map(YamlNode::text).map(Store.Secret.Variable::new);
    fields.done();
    if (file.isPresent() == variable.isPresent()) {
      node.refuse("needs either 'file' or 'env'");
    }
    return file.or(() -> variable);
  }

  private Optional<Store.Tls> tls(YamlNode node) {
    YamlFields fields = node.fields();
    Optional<Path> ca = fields.optional("ca").flatMap(directories::read);
    Optional<Path> certificate = fields.optional("certificate").flatMap(directories::read);
    Optional<Path> key = fields.optional("key").flatMap(directories::read);
    fields.done();
    if (certificate.isPresent() != key.isPresent()) {
      node.refuse("'certificate' and 'key' go together");
    }
    return Optional.of(new Store.Tls(
        ca, certificate.flatMap(chain -> key.map(k -> new Store.Tls.Identity(chain, k)))));
  }
}
