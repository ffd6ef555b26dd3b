package dev.phial.gateway.cli;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.masking.MaskingPolicy;
import dev.phial.masking.treat.PolicyMasker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code phial mask --follow} on real files, as loggers and logrotate treat them. */
@Timeout(120)
class MaskFollowTest {
  private static final String SSN = "536-27-8841";

  @TempDir
  private Path folder;

  private final StringWriter err = new StringWriter();
  private final Written out = new Written();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private CompletableFuture<Integer> ended = CompletableFuture.completedFuture(0);

  /** Standard output, and a way to wait for what is written there. */
  private static final class Written extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] from, int at, int length) {
      bytes.write(from, at, length);
      notifyAll();
    }

    synchronized String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }

    synchronized void await(String wanted) throws InterruptedException {
      long end = System.nanoTime() + 60_000_000_000L;
      while (!text().contains(wanted)) {
        long left = (end - System.nanoTime()) / 1_000_000;
        assertThat(left)
            .as("not after a minute: " + wanted + "; only: " + text())
            .isPositive();
        wait(left);
      }
    }
  }

  private Path log() {
    return folder.resolve("app.log");
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, CREATE, APPEND);
  }

  private void follow(String... options) {
    MaskCommand command = new MaskCommand();
    CommandLine line = new CommandLine(command).setErr(new PrintWriter(err, true));
    String[] all = java.util.stream.Stream.concat(
            java.util.stream.Stream.of("--follow", log().toString()),
            java.util.stream.Stream.of(options))
        .toArray(String[]::new);
    line.parseArgs(all);
    PolicyMasker masker = new PolicyMasker(MaskingPolicy.safeHarbor(), Optional.empty());
    ended = CompletableFuture.supplyAsync(() -> {
      try {
        return command.run(masker, out, stopped);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    });
  }

  private int stop() throws Exception {
    stopped.countDown();
    return ended.get(60, TimeUnit.SECONDS);
  }

  @AfterEach
  void ends() throws Exception {
    stop();
    assertThat(out.text()).doesNotContain(SSN, "8841");
    assertThat(err.toString()).doesNotContain("8841");
  }

  @Test
  void goes_on_with_lines_that_are_added() throws Exception {
    append(log(), "first ssn " + SSN + "\n");
    follow();
    out.await("first ssn *SSN*\n");
    append(log(), "second ssn " + SSN + "\n");
    out.await("second ssn *SSN*\n");
    assertThat(stop()).isZero();
  }

  @Test
  void a_line_in_pieces_is_one_line_wherever_it_was_cut() throws Exception {
    String line = "for ssn " + SSN + " done\n";
    append(log(), "begin\n" + line.substring(0, 12));
    follow();
    out.await("begin\n");
    for (int cut = 1; cut < line.length(); cut++) {
      append(
          log(),
          line.substring(cut == 1 ? 12 : cut) + "mark" + cut + "\n" + line.substring(0, cut + 1));
      out.await("mark" + cut + "\n");
    }
    append(log(), "end\n");
    out.await("end\n");
    assertThat(out.text().split("\n"))
        .filteredOn(text -> text.equals("for ssn *SSN* done"))
        .hasSizeGreaterThan(20);
  }

  @Test
  void what_has_no_line_end_yet_is_written_masked_when_it_is_stopped() throws Exception {
    append(log(), "begin\npart ssn " + SSN);
    follow("--report");
    out.await("begin\n");
    assertThat(out.text()).isEqualTo("begin\n");
    assertThat(stop()).isZero();
    assertThat(out.text()).isEqualTo("begin\npart ssn *SSN*");
    assertThat(err.toString()).contains("1 of 2 events held something");
  }

  @Test
  void waits_for_a_file_that_appears_later() throws Exception {
    follow();
    append(log(), "appeared with ssn " + SSN + "\n");
    out.await("appeared with ssn *SSN*\n");
    assertThat(stop()).isZero();
  }

  @Test
  void says_that_it_waits() throws Exception {
    follow();
    assertThat(stop()).isZero();
    assertThat(err.toString()).contains("app.log does not exist yet; waiting for it");
    assertThat(out.text()).isEmpty();
  }

  @Test
  void follows_renamed_and_created_anew_and_loses_nothing_of_either() throws Exception {
    append(log(), "one\n");
    follow();
    out.await("one\n");
    Path old = folder.resolve("app.log.1");
    Files.move(log(), old);
    append(old, "two, by a writer that has not noticed, ssn " + SSN.substring(0, 6));
    append(log(), "three\n");
    out.await("three\n");
    append(old, SSN.substring(6) + "\n");
    out.await("two, by a writer that has not noticed, ssn *SSN*\n");
    append(log(), "four\n");
    out.await("four\n");
    assertThat(stop()).isZero();
    assertThat(out.text())
        .isEqualTo("one\nthree\ntwo, by a writer that has not noticed, ssn *SSN*\nfour\n");
    assertThat(err.toString()).contains("was replaced");
  }

  @Test
  void follows_copied_and_cut() throws Exception {
    append(log(), "one\ntwo\n");
    follow();
    out.await("two\n");
    try (FileChannel channel = FileChannel.open(log(), java.nio.file.StandardOpenOption.WRITE)) {
      channel.truncate(0);
    }
    append(log(), "three\n");
    out.await("three\n");
    assertThat(stop()).isZero();
    assertThat(out.text()).isEqualTo("one\ntwo\nthree\n");
  }

  /** Going on at the old place would begin at "6-27-8841", where nothing says what it is. */
  @Test
  void notices_a_file_that_was_cut_and_has_grown_past_the_old_place() throws Exception {
    append(log(), "one line of some length\n");
    follow();
    out.await("length\n");
    // Written over at once, without a moment at which it is shorter.
    try (FileChannel channel = FileChannel.open(log(), java.nio.file.StandardOpenOption.WRITE)) {
      channel.write(
          java.nio.ByteBuffer.wrap(("called for ssn no.: 53627" + "8841 and more of that\n")
              .getBytes(StandardCharsets.UTF_8)));
    }
    out.await("called for ssn no.: *SSN* and more of that\n");
    assertThat(stop()).isZero();
    assertThat(err.toString()).contains("was cut");
  }

  @Test
  void csv_of_each_new_file_names_its_columns_anew() throws Exception {
    append(log(), "id,patient_name\n1,ann\n");
    follow("--csv");
    out.await("1,*NAME*\n");
    Path next = folder.resolve("next");
    append(next, "patient_name,id\nann,1\n");
    Files.move(next, log(), StandardCopyOption.REPLACE_EXISTING);
    out.await("*NAME*,1\n");
    assertThat(stop()).isZero();
  }

  @Test
  void refuses_what_is_compressed_and_what_is_no_file() throws Exception {
    Files.write(log(), new byte[] {0x1f, (byte) 0x8b, 8, 0});
    follow();
    assertThat(ended.get(60, TimeUnit.SECONDS)).isEqualTo(ExitCode.REFUSED);
    assertThat(err.toString()).contains("compressed with gzip");
    Files.delete(log());
    Files.createDirectory(log());
    follow();
    assertThat(ended.get(60, TimeUnit.SECONDS)).isEqualTo(ExitCode.REFUSED);
    assertThat(err.toString()).contains("takes a regular file");
  }
}
