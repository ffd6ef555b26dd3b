package dev.phial.gateway.store;

import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

class SqliteJobStoreTest extends JobStoreContractTest {
  @TempDir
  Path directory = Path.of("");

  @Override
  SqlStore open() {
    return SqlStore.sqlite(directory.resolve("phial.db"), InstantSource.system());
  }
}
