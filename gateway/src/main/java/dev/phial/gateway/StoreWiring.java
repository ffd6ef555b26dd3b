package dev.phial.gateway;

import dev.phial.gateway.config.Store;
import dev.phial.gateway.store.PostgresSettings;
import dev.phial.gateway.store.SqlStore;
import dev.phial.gateway.tls.ClientTlsFiles;
import dev.phial.gateway.tls.TlsContexts;
import dev.phial.kms.SecretSource;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/** Opens the store that the configuration names. */
final class StoreWiring {
  private final TlsContexts tls;
  private final UnaryOperator<String> environment;
  private final InstantSource clock;

  StoreWiring(TlsContexts tls, UnaryOperator<String> environment, InstantSource clock) {
    this.tls = tls;
    this.environment = environment;
    this.clock = clock;
  }

  SqlStore open(Store store) {
    if (store instanceof Store.Postgres postgres) {
      return SqlStore.postgresql(settings(postgres), clock);
    }
    return SqlStore.sqlite(((Store.Sqlite) store).file(), clock);
  }

  private PostgresSettings settings(Store.Postgres store) {
    return new PostgresSettings(
        store.url().hostList(),
        store.url().database(),
        store.user(),
        store.password().map(this::source),
        store.tls().map(files -> tls.clientSockets(StoreWiring.files(files))),
        store.connections(),
        store.timeout());
  }

  private SecretSource source(Store.Secret secret) {
    return secret instanceof Store.Secret.File file
        ? new SecretSource.File(file.path())
        : new SecretSource.Environment(((Store.Secret.Variable) secret).name(), environment);
  }

  private static ClientTlsFiles files(Store.Tls tls) {
    return new ClientTlsFiles(
        tls.ca(),
        tls.identity().map(shown -> new ClientTlsFiles.Identity(shown.certificate(), shown.key())));
  }
}
