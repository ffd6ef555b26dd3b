package dev.phial.gateway.config;

import dev.phial.gateway.yaml.Problem;
import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used. Carries every problem found, with file and line, and no secret. */
public final class ConfigException extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  public ConfigException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
