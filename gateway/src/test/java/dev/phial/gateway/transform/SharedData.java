package dev.phial.gateway.transform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Test data that lies beside the project; tests that need it are skipped without it. */
public final class SharedData {
  private SharedData() {}

  public static Path folder(String name) {
    Path folder = Path.of(System.getProperty("phial.shared", "../shared"), "data", name);
    Assumptions.assumeTrue(Files.isDirectory(folder), "no test data at " + folder);
    return folder;
  }

  public static List<Path> files(Path folder, String prefix, String suffix) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .filter(file -> file.getFileName().toString().endsWith(suffix))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
