package dev.phial.gateway.store;

import java.time.InstantSource;

class PostgresProposalStoreTest extends ProposalStoreContractTest {
  @Override
  SqlStore open() {
    PostgresServer server = PostgresServer.shared();
    return SqlStore.postgresql(server.settings(server.newDatabase()), InstantSource.system());
  }
}
