package dev.phial.gateway.engine;

import dev.phial.gateway.store.PostgresServer;
import dev.phial.gateway.store.SqlStore;
import java.time.InstantSource;

class PostgresVaultedEngineTest extends VaultedEngineContractTest {
  @Override
  SqlStore open() {
    PostgresServer server = PostgresServer.shared();
    return SqlStore.postgresql(server.settings(server.newDatabase()), InstantSource.system());
  }
}
