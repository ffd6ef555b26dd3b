package dev.phial.gateway.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.phial.gateway.cli.vectors.Score;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Scores of vector files, for people and for programs. */
final class VectorTable {
  private static final int SHOWN = 20;
  private static final String ROW = "%-26s  %-8s  %12s  %15s  %5s  %s%n";

  private VectorTable() {}

  static void head(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        ROW,
        "file",
        "engine",
        "valid passed",
        "invalid refused",
        "wrong",
        "not applicable");
  }

  static void row(PrintWriter out, Score score) {
    out.printf(
        Locale.ROOT,
        ROW,
        score.file().name(),
        score.engine().label(),
        score.passed(),
        score.refused(),
        score.wrong().size(),
        notApplicable(score));
    if (!score.wrong().isEmpty()) {
      out.println("  WRONG: " + ids(score));
    }
  }

  private static String notApplicable(Score score) {
    Map<String, Integer> reasons = score.notApplicable();
    int sum = reasons.values().stream().mapToInt(Integer::intValue).sum();
    return sum
        + reasons.entrySet().stream()
            .map(reason -> reason.getValue() + " " + reason.getKey())
            .collect(Collectors.joining(", ", sum == 0 ? "" : ": ", ""));
  }

  private static String ids(Score score) {
    int more = score.wrong().size() - SHOWN;
    return score.wrong().stream()
            .limit(SHOWN)
            .map(id -> "tcId " + id)
            .collect(Collectors.joining(", "))
        + (more > 0 ? " and " + more + " more" : "");
  }

  static String json(Score score) {
    return JsonLine.write(line -> {
      line.writeStringField("file", score.file().name());
      line.writeStringField("algorithm", score.file().algorithm());
      line.writeStringField("publisher", score.file().publisher());
      line.writeStringField("engine", score.engine().label());
      line.writeNumberField("passed", score.passed());
      line.writeNumberField("refused", score.refused());
      writeWrong(line, score);
      writeReasons(line, score);
    });
  }

  private static void writeWrong(JsonGenerator line, Score score) throws IOException {
    line.writeArrayFieldStart("wrong");
    for (long id : score.wrong()) {
      line.writeNumber(id);
    }
    line.writeEndArray();
  }

  private static void writeReasons(JsonGenerator line, Score score) throws IOException {
    line.writeObjectFieldStart("not_applicable");
    for (Map.Entry<String, Integer> reason : score.notApplicable().entrySet()) {
      line.writeNumberField(reason.getKey(), reason.getValue());
    }
    line.writeEndObject();
  }
}
