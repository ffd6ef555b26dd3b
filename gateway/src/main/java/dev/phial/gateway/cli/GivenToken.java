package dev.phial.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A token that the user has. */
final class GivenToken {
  private GivenToken() {}

  /** That of the file, else of the variable, else none. */
  static Optional<String> in(
      @Nullable Path file, Map<String, String> environment, String variable) {
    return file == null
        ? Optional.of(environment.getOrDefault(variable, "")).filter(text -> !text.isEmpty())
        : Optional.of(read(file));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new CommandException(ExitCode.UNAVAILABLE, "--token-file: " + file + " cannot be read");
    }
  }
}
