package dev.phial.gateway.store;

import java.time.InstantSource;

class PostgresJobStoreTest extends JobStoreContractTest {
  @Override
  SqlStore open() {
    PostgresServer server = PostgresServer.shared();
    return SqlStore.postgresql(server.settings(server.newDatabase()), InstantSource.system());
  }
}
