package dev.phial.gateway.keys;

import static dev.phial.gateway.keys.KeysetsFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.store.KeysetStore;
import dev.phial.gateway.store.SqlStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kill -9 at any moment loses no acknowledged key and leaves a store that opens. */
@Timeout(300)
class KilledProcessTest {
  private static final int KILLS = 15;

  @TempDir
  Path directory = Path.of("");

  @Test
  void loses_no_acknowledged_version() throws Exception {
    Path file = directory.resolve("data/phial.db");
    List<String> acknowledged = new ArrayList<>();
    for (int kill = 0; kill < KILLS; kill++) {
      acknowledged.addAll(runAndKillAfter(kill * kill / 2, file, "run" + kill));
      allOpen(acknowledged, file);
    }
    assertThat(acknowledged).hasSizeGreaterThan(KILLS);
  }

  /** All lines that the process has written, also those that were under way when it died. */
  private List<String> runAndKillAfter(int lines, Path file, String tenants) throws Exception {
    Path errors = directory.resolve("errors");
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            AcknowledgingProcess.class.getName(),
            file.toString(),
            tenants)
        .redirectError(errors.toFile())
        .start();
    List<String> read = new ArrayList<>();
    try (BufferedReader out = process.inputReader(StandardCharsets.US_ASCII)) {
      String line = out.readLine();
      assertThat(line).as(() -> "the first line; errors: " + text(errors)).isNotNull();
      while (line != null) {
        read.add(line);
        if (read.size() > lines) {
          // Through the handle: Process.destroyForcibly would close the pipe, and with it the lines
          // still in there.
          process.toHandle().destroyForcibly();
        }
        line = out.readLine();
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    return read;
  }

  private static void allOpen(List<String> acknowledged, Path file) throws Exception {
    try (KeysetStore store = SqlStore.sqlite(file, InstantSource.system());
        Keysets keysets = KeysetsFixture.keysets(store, AcknowledgingProcess.kms())) {
      for (String line : acknowledged) {
        String[] parts = line.split(" ", -1);
        KeyRing ring = await(keysets.ring(parts[0], KeyPurpose.TOKENIZE));
        assertThat(ring.version(Integer.parseInt(parts[1])))
            .isInstanceOfSatisfying(
                KeyRing.Lookup.Usable.class,
                usable -> assertThat(Fingerprint.of(usable.key())).isEqualTo(parts[2]));
      }
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "not readable";
    }
  }
}
