package dev.phial.crypto.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threat T2: two processes with one key, and then with one generator too, at the same time. */
class CopiedStateTest {
  private static final int COUNT = 120_000;

  @TempDir
  Path folder;

  @Test
  void T2_the_nonces_of_two_processes_of_one_copied_state_are_disjoint() throws Exception {
    List<Process> twins = new ArrayList<>();
    try {
      for (int twin = 0; twin < 2; twin++) {
        twins.add(start(file(twin)));
      }
      for (Process twin : twins) {
        assertThat(twin.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(twin.exitValue())
            .as(Files.readString(folder.resolve("output")))
            .isZero();
      }
    } finally {
      twins.forEach(Process::destroyForcibly);
    }
    Set<ByteBuffer> nonces = new HashSet<>(10 * COUNT);
    read(file(0), nonces);
    read(file(1), nonces);
    assertThat(nonces.size()).isEqualTo(4 * COUNT);
  }

  private Path file(int twin) {
    return folder.resolve("nonces" + twin);
  }

  private Process start(Path file) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path", ""),
            CopiedStateProbe.class.getName(),
            file.toString(),
            Integer.toString(COUNT))
        .redirectErrorStream(true)
        .redirectOutput(
            ProcessBuilder.Redirect.appendTo(folder.resolve("output").toFile()))
        .start();
  }

  private static void read(Path file, Set<ByteBuffer> nonces) throws IOException {
    ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file));
    while (all.hasRemaining()) {
      nonces.add(all.slice(all.position(), Layout.NONCE_LENGTH));
      all.position(all.position() + Layout.NONCE_LENGTH);
    }
  }
}
