package dev.phial.gateway.cli;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.gateway.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code phial mask --follow} as a process of its own, ended as a shell, or systemd, ends it. */
@Timeout(180)
class MaskFollowProcessTest {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  @TempDir
  Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource({"INT, 2", "TERM, 15"})
  void a_signal_ends_it_with_all_lines_and_the_summary(String signal, int number) throws Exception {
    Assumptions.assumeFalse(
        ignored(number), "skipped: who started the tests has this signal ignored");
    Path log = folder.resolve("app.log");
    Path errors = folder.resolve("errors");
    Files.writeString(log, "first ssn 536-27-8841\n");
    Process process = new ProcessBuilder(
            JAVA,
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "mask",
            "--follow",
            "--report",
            log.toString())
        .redirectError(errors.toFile())
        .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).as(Files.readString(errors)).isEqualTo("first ssn *SSN*");
      Files.writeString(log, "second ssn 536-27-8841\nlast ssn 536-27", CREATE, APPEND);
      assertThat(out.readLine()).isEqualTo("second ssn *SSN*");
      Files.writeString(log, "-8841", APPEND);
      int killed = new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
          .start()
          .waitFor();
      assertThat(killed).isZero();
      assertThat(Objects.requireNonNull(out.readLine())).isEqualTo("last ssn *SSN*");
      assertThat(out.readLine()).isNull();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(process.exitValue()).isEqualTo(128 + number);
    assertThat(Files.readString(errors))
        .contains("3 of 3 events held something")
        .containsPattern("SSN +3 +3")
        .doesNotContain("8841");
  }

  /** As shells do for what they start in the background; a process hands that on to those that it starts. */
  private static boolean ignored(int signal) throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
        .anyMatch(mask -> ((mask >>> (signal - 1)) & 1) == 1);
  }
}
