package dev.phial.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The figures that docs/masking.md promises, on the shared sets where they are. */
class ScoreTest {

  private static Score score(String set) throws IOException {
    Path file = Path.of(
        System.getProperty("phial.shared", "../../shared"), "data", "masking", set + ".jsonl");
    assumeTrue(Files.isReadable(file), "skipped: no " + file);
    return Score.of(file);
  }

  @Test
  void logsInEightShapes() throws IOException {
    Score score = score("synthlogs");
    assertThat(score.recall()).isGreaterThanOrEqualTo(.999);
    assertThat(score.leaks()).isZero();
    assertThat(score.precision()).isGreaterThanOrEqualTo(.98);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hl7v2_silver", "fhir_silver"})
  void messagesByTheirPaths(String set) throws IOException {
    Score score = score(set);
    assertThat(score.recall()).isGreaterThanOrEqualTo(.999);
    assertThat(score.leaks()).isZero();
  }

  @Test
  void sentences() throws IOException {
    Score score = score("presidio_large");
    assertThat(score.recall("ACCOUNT", "SSN", "EMAIL", "IP", "URL", "PHONE"))
        .isGreaterThanOrEqualTo(.99);
    assertThat(score.precision()).isGreaterThanOrEqualTo(.95);
    assertThat(score.recall("NAME")).isGreaterThanOrEqualTo(.93);
    assertThat(score.recall("GEO")).isGreaterThanOrEqualTo(.9);
  }

  @Test
  void systemLogsHoldNobody() throws IOException {
    assertThat(score("loghub").falsePerMegabyte(Identifier.DATE, Identifier.IP, Identifier.URL))
        .isLessThanOrEqualTo(50);
  }
}
