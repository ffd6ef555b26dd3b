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
import java.util.concurrent.CountDownLatch;
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
    return command.run(
        new PolicyMasker(MaskingPolicy.safeHarbor(), Optional.empty()), out, new CountDownLatch(1));
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

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return zipped.toByteArray();
  }

  private Path file(String name, byte[]... parts) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return Files.write(folder.resolve(name), all.toByteArray());
  }

  /** Threat T31: members one after the other, as logrotate and {@code cat} make them. */
  @Test
  void readsAllMembersOfAGzipFile() throws IOException {
    Path log = file("a.gz", gzip(LINE), gzip(LINE + "end\n"));
    assertThat(run(log.toString())).isZero();
    assertThat(output().split("\\*SSN\\*", -1)).hasSize(3);
    assertThat(output()).endsWith("end\n").doesNotContain("8841");
  }

  /** Threat T31: what was whole is masked, and the rest is missed aloud. */
  @Test
  void aGzipFileThatIsCutOrFollowedByGarbageFails() throws IOException {
    byte[] whole = gzip(LINE);
    byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 9);
    assertThat(run(file("cut.gz", whole, cut).toString())).isEqualTo(ExitCode.REFUSED);
    assertThat(err.toString())
        .contains("cut.gz, line 3", "its end is missing", "what was complete");
    assertThat(output())
        .startsWith("2026-11-04T16:14:29Z WARN ssn *SSN* failed\n")
        .doesNotContain("8841");
    Path garbage = file("garbage.gz", whole, LINE.getBytes(StandardCharsets.UTF_8));
    assertThat(run(garbage.toString())).isEqualTo(ExitCode.REFUSED);
    assertThat(err.toString())
        .contains("garbage.gz, line 2", "stands something else")
        .doesNotContain("8841");
    assertThat(output()).doesNotContain("8841");
  }

  /** Threat T31: a bomb fills neither memory nor disk. */
  @Test
  void aBombStopsAtTheRatio() throws IOException {
    Path bomb = folder.resolve("bomb.log.gz");
    byte[] lines = "ready\n".repeat(10_000).getBytes(StandardCharsets.UTF_8);
    try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(bomb))) {
      for (int i = 0; i < 1_500; i++) {
        gzip.write(lines); // 90 MB, of which 200 KB are left
      }
    }
    Path masked = folder.resolve("masked");
    assertThat(run(bomb.toString(), "--output", masked.toString())).isEqualTo(ExitCode.REFUSED);
    assertThat(err.toString()).contains("more than 100 times", "--max-ratio");
    assertThat(Files.size(masked.resolve("bomb.log.gz"))).isLessThan(1 << 20);
    err.getBuffer().setLength(0);
    assertThat(run(bomb.toString(), "--output", masked.toString(), "--max-ratio", "2000"))
        .isZero();
    assertThat(err.toString()).isEmpty();
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
