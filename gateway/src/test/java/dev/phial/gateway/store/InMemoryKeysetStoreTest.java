package dev.phial.gateway.store;

class InMemoryKeysetStoreTest extends KeysetStoreContractTest {
  @Override
  KeysetStore open() {
    return new InMemoryKeysetStore();
  }
}
