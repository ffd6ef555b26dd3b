package dev.phial.gateway.logs.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 loses nothing that was accepted, and a disk that is full loses nothing but what it refused. */
@Timeout(300)
class KilledBufferTest {
  private static final int KILLS = 6;
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  @TempDir
  Path directory = Path.of("");

  @Test
  void loses_nothing_that_was_accepted() throws Exception {
    List<String> accepted = new ArrayList<>();
    for (int kill = 0; kill < KILLS; kill++) {
      ProcessBuilder process = new ProcessBuilder(
          JAVA,
          "-cp",
          System.getProperty("java.class.path"),
          BufferingProcess.class.getName(),
          directory.resolve("buffer").toString(),
          String.valueOf(kill * 1_000_000),
          "1000000");
      accepted.addAll(said(process, 200 * kill * kill + 1));
      assertThat(buffered()).containsSubsequence(accepted);
    }
    assertThat(accepted).hasSizeGreaterThan(KILLS * 100);
    assertThat(buffered()).doesNotHaveDuplicates();
  }

  @Test
  void a_full_disk_is_told_and_costs_nothing_that_was_accepted() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash: no limit for file sizes");
    ProcessBuilder process = new ProcessBuilder(
        "/bin/bash",
        "-c",
        "ulimit -f 60 && exec \"$@\"",
        "bash",
        JAVA,
        "-XX:-UsePerfData",
        "-cp",
        System.getProperty("java.class.path"),
        BufferingProcess.class.getName(),
        directory.resolve("buffer").toString(),
        "0",
        "500");
    List<String> said = said(process, Integer.MAX_VALUE);
    List<String> accepted =
        said.stream().filter(line -> line.startsWith("buffered")).toList();
    assertThat(said).hasSize(500);
    assertThat(accepted).hasSizeBetween(50, 400);
    assertThat(buffered()).containsExactlyElementsOf(accepted);
  }

  /** All lines that the process has written, also those that were under way when it died. */
  private List<String> said(ProcessBuilder builder, int lines) throws Exception {
    Path errors = directory.resolve("errors");
    Process process = builder.redirectError(errors.toFile()).start();
    List<String> read = new ArrayList<>();
    try (BufferedReader out = process.inputReader(StandardCharsets.US_ASCII)) {
      String line = out.readLine();
      assertThat(line).as(Files.readString(errors)).isNotNull();
      while (line != null) {
        if (line.matches("(buffered|failed) [0-9]+")) { // not what the logger says of itself
          read.add(line);
        }
        if (read.size() == lines) {
          process.toHandle().destroyForcibly(); // as KilledProcessTest: keeps the pipe
        }
        line = out.readLine();
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    return read;
  }

  private List<String> buffered() throws Exception {
    try (DiskBuffer buffer = DiskBuffer.open(BufferSettings.of(
        "killed", directory.resolve("buffer"), 64 << 20, Duration.ofMillis(500)))) {
      assertThat(buffer.damaged()).isZero();
      return DiskBufferTest.all(buffer).stream()
          .map(text -> "buffered " + text.replaceFirst("^number ([0-9]+) .*", "$1"))
          .toList();
    }
  }
}
