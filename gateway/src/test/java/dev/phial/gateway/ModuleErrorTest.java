package dev.phial.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threat T17: the cryptographic module fails while the gateway runs. */
class ModuleErrorTest {
  @TempDir
  Path folder;

  @Test
  void T17_readiness_drops_and_nothing_is_forwarded_or_shown() throws Exception {
    Path output = folder.resolve("output");
    Process probe = new ProcessBuilder(
            Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
            "-Dphial.root=" + System.getProperty("phial.root", ".."),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path", ""),
            ModuleErrorProbe.class.getName(),
            folder.resolve("data").toString())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
    try {
      assertThat(probe.waitFor(3, TimeUnit.MINUTES)).isTrue();
    } finally {
      probe.destroyForcibly();
    }
    String said = Files.readString(output);
    assertThat(said.lines().filter(line -> line.contains(" = ")))
        .as(said)
        .containsExactly(
            "before: write = 201",
            "before: read = 200",
            "before: ready = true",
            "healthy = false",
            "after: ready = false",
            "after: write = refused",
            "after: write = refused",
            "after: write = refused",
            "after: writes forwarded = 0",
            "after: read = refused",
            "canary forwarded = false",
            "canary in audit = false");
  }
}
