package dev.phial.kms.testkit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * What a test needs of the machine. A test without it is skipped with one line that says what is missing; it fails instead
 * where {@code TESTS_REQUIRE_SERVERS=1} says that the machine was prepared.
 */
public final class Requirement {
  private Requirement() {}

  /** A program of the search path. */
  public static Path program(String name, String comesWith) {
    return met(
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .map(directory -> Path.of(directory, name))
            .filter(Files::isExecutable)
            .findFirst(),
        name + " is not here; it comes with " + comesWith);
  }

  /** The first of several files that is there. */
  public static Path file(List<String> candidates, String comesWith) {
    return met(
        candidates.stream().map(Path::of).filter(Files::isReadable).findFirst(),
        candidates.get(0) + " is not here; it comes with " + comesWith);
  }

  private static Path met(Optional<Path> found, String missing) {
    if (found.isEmpty()
        && System.getenv().getOrDefault("TESTS_REQUIRE_SERVERS", "").equals("1")) {
      Assertions.fail(missing + " (required by TESTS_REQUIRE_SERVERS=1)");
    }
    Assumptions.assumeTrue(found.isPresent(), "skipped: " + missing);
    return found.orElseThrow();
  }
}
