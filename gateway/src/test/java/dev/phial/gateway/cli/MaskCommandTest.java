package dev.phial.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.phial.masking.MaskingPolicy;
import dev.phial.masking.treat.PolicyMasker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MaskCommandTest {
  private static final String LINE = "2026-11-04T16:14:29Z WARN ssn 536-27-8841 failed\n";

  @TempDir
  private Path folder;

  private final StringWriter err = new StringWriter();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private int run(String... arguments) throws IOException {
    MaskCommand command = new MaskCommand();
    CommandLine line = new CommandLine(command).setErr(new PrintWriter(err, true));
    line.parseArgs(arguments);
    return command.run(new PolicyMasker(MaskingPolicy.safeHarbor(), Optional.empty()), out);
  }

  private String output() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void masksFilesToStandardOutput() throws IOException {
    Path log = file("a.log", LINE + "ok\r\nlast");
    assertThat(run(log.toString())).isEqualTo(ExitCode.OK);
    assertThat(output()).isEqualTo("2026-11-04T16:14:29Z WARN ssn *SSN* failed\nok\r\nlast");
  }

  @Test
  void globsAndGzipGoIntoAFolder() throws IOException {
    Path zipped = folder.resolve("b.log.gz");
    try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      gzip.write(LINE.getBytes(StandardCharsets.UTF_8));
    }
    file("a.log", LINE);
    Path masked = folder.resolve("masked");
    assertThat(run(folder.resolve("*.log*").toString(), "--output", masked.toString()))
        .isZero();
    assertThat(Files.readString(masked.resolve("a.log"))).contains("*SSN*").doesNotContain("8841");
    try (GZIPInputStream gzip =
        new GZIPInputStream(Files.newInputStream(masked.resolve("b.log.gz")))) {
      assertThat(new String(gzip.readAllBytes(), StandardCharsets.UTF_8))
          .contains("*SSN*")
          .doesNotContain("8841");
    }
  }

  @Test
  void checkSaysWhereAndNeverWhat() throws IOException {
    Path log = file("a.log", "ok\n" + LINE);
    assertThat(run("--check", "--report", log.toString())).isEqualTo(ExitCode.REFUSED);
    assertThat(output()).isEqualTo(log + ":2: {SSN=1}\n");
    assertThat(err.toString()).contains("SSN").contains("1 of 2 events").doesNotContain("8841");
  }

  @Test
  void checkOfCleanFilesIsQuiet() throws IOException {
    assertThat(run("--check", file("a.log", "ready in 812 ms\n").toString())).isZero();
    assertThat(output()).isEmpty();
  }

  @Test
  void failMasksAndFails() throws IOException {
    assertThat(run("--fail", file("a.log", LINE).toString())).isEqualTo(ExitCode.REFUSED);
    assertThat(output()).contains("*SSN*");
  }

  @Test
  void columnsDecideInCsv() throws IOException {
    Path csv = file("a.csv", "id,patient_name,dob\n1,\"lee, ann\",1984-07-06\n2,,\n");
    assertThat(run("--csv", csv.toString())).isZero();
    assertThat(output()).isEqualTo("id,patient_name,dob\n1,\"*NAME*\",*DATE*\n2,,\n");
  }

  @Test
  void jsonlGivesPlacesInCharacters() throws IOException {
    Path set = file("a.jsonl", "{\"id\":\"x\",\"text\":\"é ssn 536-27-8841\",\"spans\":[]}\n");
    assertThat(run("--jsonl", set.toString())).isZero();
    JsonNode line = new ObjectMapper().readTree(output());
    assertThat(line.get("masked").asText()).isEqualTo("é ssn *SSN*");
    assertThat(line.at("/pred/0/start").asInt()).isEqualTo(6);
    assertThat(line.at("/pred/0/end").asInt()).isEqualTo(17);
    assertThat(line.at("/pred/0/type").asText()).isEqualTo("SSN");
  }

  @Test
  void aMissingFileFailsAndOthersGoOn() throws IOException {
    assertThat(run(folder.resolve("none.log").toString(), file("a.log", LINE).toString()))
        .isEqualTo(ExitCode.REFUSED);
    assertThat(err.toString()).contains("no such file");
    assertThat(output()).contains("*SSN*");
  }

  @Test
  void aPolicyWithTokensNeedsAGateway() throws IOException {
    Path policy = file("policy.yaml", """
        version: 1
        elements:
          mrn: { identifier: MRN, protect: { tokenize: { format: "digits:7..12", key_version: pinned } } }
        logs: { detect: [hipaa], treat: { mrn: token } }
        access: {}
        """);
    CommandLine line = PhialCommand.line().setErr(new PrintWriter(err, true));
    assertThat(line.execute("mask", "--policy", policy.toString(), "-")).isEqualTo(ExitCode.CONFIG);
    assertThat(err.toString()).contains("element mrn").contains("only a gateway has the keys");
  }
}
