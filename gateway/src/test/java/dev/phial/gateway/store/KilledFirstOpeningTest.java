package dev.phial.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kill -9 while a store is created leaves a store that opens. */
@Timeout(180)
class KilledFirstOpeningTest {
  private static final int KILLS = 5;

  @TempDir
  Path directory = Path.of("");

  @Test
  void leaves_a_store_that_opens() throws Exception {
    for (int kill = 0; kill < KILLS; kill++) {
      Path folder = Files.createDirectory(directory.resolve("process-" + kill));
      killAfterOpenings(folder, 1 + 7 * kill);
      assertThat(folders(folder)).allSatisfy(KilledFirstOpeningTest::opens);
    }
  }

  /** The line that we read says that a creation has begun; it is killed somewhere within, or within a next one. */
  private static void killAfterOpenings(Path folder, int openings) throws Exception {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            FirstOpenings.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
      for (int i = 0; i < openings; i++) {
        assertThat(lines.readLine()).isEqualTo(Integer.toString(i));
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static List<Path> folders(Path folder) throws Exception {
    try (Stream<Path> folders = Files.list(folder)) {
      return folders.toList();
    }
  }

  private static void opens(Path folder) {
    assertThatCode(() ->
            SqlStore.sqlite(folder.resolve("phial.db"), InstantSource.system()).close())
        .doesNotThrowAnyException();
  }
}
