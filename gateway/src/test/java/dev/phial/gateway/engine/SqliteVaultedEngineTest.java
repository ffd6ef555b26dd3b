package dev.phial.gateway.engine;

import dev.phial.gateway.store.SqlStore;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

class SqliteVaultedEngineTest extends VaultedEngineContractTest {
  @TempDir
  Path directory = Path.of("");

  @Override
  SqlStore open() {
    return SqlStore.sqlite(directory.resolve("phial.db"), InstantSource.system());
  }
}
