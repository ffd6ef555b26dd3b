package dev.phial.gateway.evidence;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a statement states. A kind's type is written into statements that are kept for years, and stays as it is. */
public enum StatementKind {
  /** What a job did: its report. */
  JOB_REPORT("phial-job-report+jwt"),
  /** Which keys were destroyed, when and on whose word. */
  DESTRUCTION("phial-destruction+jwt");

  private final String type;

  StatementKind(String type) {
    this.type = type;
  }

  /** The statement's {@code typ}. */
  public String type() {
    return type;
  }

  static Set<String> types() {
    return Arrays.stream(values()).map(StatementKind::type).collect(Collectors.toUnmodifiableSet());
  }

  static Optional<StatementKind> ofType(String type) {
    return Arrays.stream(values()).filter(kind -> kind.type.equals(type)).findFirst();
  }
}
