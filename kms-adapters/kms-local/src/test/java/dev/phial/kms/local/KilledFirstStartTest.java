package dev.phial.kms.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.kms.KmsSettings;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kill -9 during creation leaves either no keystore or a whole one, and the next start works. */
@Timeout(180)
class KilledFirstStartTest {
  private static final int KILLS = 4;

  @TempDir
  Path directory = Path.of("");

  @BeforeAll
  static void startModule() {
    FipsModule.start();
  }

  @Test
  void leaves_nothing_half_done() throws Exception {
    for (int kill = 0; kill < KILLS; kill++) {
      Path folder = Files.createDirectory(directory.resolve("process-" + kill));
      killAfterStarts(folder, 1 + 3 * kill);
      assertThat(folders(folder)).isNotEmpty().allSatisfy(KilledFirstStartTest::startsAgain);
    }
  }

  /** The line that we read says that a creation has begun; it is killed somewhere within, or within a next one. */
  private static void killAfterStarts(Path folder, int starts) throws Exception {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            FirstStarts.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
      for (int i = 0; i < starts; i++) {
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

  private static void startsAgain(Path folder) {
    Map<String, String> settings = Map.of("create", "true", "passphrase.file", "local.pass");
    assertThatCode(() -> new LocalKmsProvider()
            .open(new KmsSettings("local", settings, folder, name -> ""))
            .close())
        .doesNotThrowAnyException();
  }
}
