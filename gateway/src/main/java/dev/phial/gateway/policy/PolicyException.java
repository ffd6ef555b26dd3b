package dev.phial.gateway.policy;

import dev.phial.gateway.yaml.Problem;
import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** The policy cannot be used. Carries every problem found, with file and line. */
public final class PolicyException extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  public PolicyException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
