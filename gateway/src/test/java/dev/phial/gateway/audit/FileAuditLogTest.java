package dev.phial.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.phial.gateway.audit.AuditEvent.ElementCount;
import dev.phial.gateway.audit.FaultyDevice.Fault;
import dev.phial.gateway.audit.Verification.Broken;
import dev.phial.gateway.audit.Verification.Intact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class FileAuditLogTest {
  private static final Duration TIMEOUT = Duration.ofMillis(400);
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-01T10:20:30.123456789Z"), ZoneOffset.UTC);

  @TempDir
  Path directory;

  private final List<FileAuditLog> opened = new ArrayList<>();
  private Path file = Path.of("unset");

  @BeforeEach
  void names_the_file() {
    file = directory.resolve("audit").resolve("audit.jsonl");
  }

  @AfterEach
  void closes() {
    opened.forEach(FileAuditLog::close);
  }

  @Test
  void writes_the_frozen_format() throws IOException {
    FileAuditLog log = open(new FileDevice(file));
    append(log, protect("r-1"));
    append(log, new AuditEvent("start", "phial", "", "", "gateway", "", "ok", List.of(), Map.of()));
    append(
        log,
        hostile(
            "\r\n\u2028\u0085\u001b[2J\u0000\u007f\u202e\"\\${jndi:ldap://x}\ud83d\ude00\ud83d"));
    try (InputStream golden =
        Objects.requireNonNull(getClass().getResourceAsStream("record-v1.jsonl"))) {
      assertThat(Files.readString(file))
          .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void keeps_the_file_to_its_owner() throws IOException {
    open(new FileDevice(file));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  /** Threat T23. */
  @ParameterizedTest
  @MethodSource("hostileTexts")
  void keeps_one_event_on_one_line_of_valid_json(String text) throws IOException {
    FileAuditLog log = open(new FileDevice(file));
    append(log, hostile(text));
    List<String> lines = Files.readString(file).lines().toList();
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).matches("[ -~]+").hasSizeLessThan(16_384);
    JsonNode record = new ObjectMapper().readTree(lines.get(0));
    assertThat(record.get("seq").asInt()).isEqualTo(1);
    assertThat(new AuditVerifier().verify(file)).isInstanceOf(Intact.class);
  }

  static Stream<String> hostileTexts() {
    return Stream.of(
        "\r\n",
        "\u2028\u2029\u0085",
        "\u001b[31m",
        "\u0000",
        "\",\"hash\":\"" + "0".repeat(64) + "\"}",
        "\\",
        "${jndi:ldap://x}",
        "x".repeat(1 << 20),
        "\ud83d",
        "\ude00",
        "\ud83d\ude00".repeat(200),
        "\uffff");
  }

  @Test
  void makes_one_disk_access_serve_many_callers() {
    FaultyDevice device = new FaultyDevice(new FileDevice(file));
    FileAuditLog log = open(device, Duration.ofSeconds(30));
    List<CompletableFuture<Void>> appended = IntStream.range(0, 2_000)
        .mapToObj(i -> log.append(protect("r-" + i)).toCompletableFuture())
        .toList();
    appended.forEach(CompletableFuture::join);
    assertThat(device.writes()).isLessThan(1_000);
    assertThat(log.head().seq()).isEqualTo(2_000);
    assertThat(verified()).isEqualTo(new Intact(log.head()));
  }

  @Test
  void goes_on_with_the_chain_after_a_restart() {
    FileAuditLog first = open(new FileDevice(file));
    append(first, protect("r-1"));
    AuditHead head = first.head();
    first.close();
    FileAuditLog second = open(new FileDevice(file));
    assertThat(second.head()).isEqualTo(head);
    append(second, protect("r-2"));
    assertThat(verified()).isEqualTo(new Intact(second.head()));
  }

  @Test
  void moves_what_a_crash_tore_aside_and_records_it() throws IOException {
    FileAuditLog first = open(new FileDevice(file));
    append(first, protect("r-1"));
    first.close();
    Files.writeString(file, "{\"v\":1,\"seq\":2,\"ti", StandardOpenOption.APPEND);
    FileAuditLog second = open(new FileDevice(file));
    assertThat(file.resolveSibling("audit.jsonl.torn-1")).hasContent("{\"v\":1,\"seq\":2,\"ti");
    assertThat(Files.readString(file))
        .contains("\"action\":\"recover\"")
        .contains("audit.jsonl.torn-1");
    assertThat(verified()).isEqualTo(new Intact(second.head()));
    assertThat(second.head().seq()).isEqualTo(2);
  }

  @Test
  void finds_its_end_in_a_log_larger_than_it_reads_at_start() throws IOException {
    StringBuilder lines = new StringBuilder();
    AuditHead head = AuditHead.EMPTY;
    while (lines.length() < 3 * ChainWriter.LARGEST_GROUP) {
      ChainedRecord record = ChainedRecord.of(hostile("\u0000".repeat(200)), CLOCK.instant(), head);
      lines.append(record.line());
      head = record.head();
    }
    Files.createDirectories(directory.resolve("audit"));
    Files.writeString(file, lines.toString());
    assertThat(open(new FileDevice(file)).head()).isEqualTo(head);
  }

  @Test
  void refuses_to_start_on_a_log_that_was_changed() throws IOException {
    FileAuditLog first = open(new FileDevice(file));
    append(first, protect("r-1"));
    append(first, protect("r-2"));
    first.close();
    Files.writeString(file, Files.readString(file).replace("r-2", "r-3"));
    assertThatThrownBy(() -> open(new FileDevice(file)))
        .isInstanceOf(AuditUnavailableException.class)
        .hasMessageContaining("the record after number 1 was changed");
  }

  @Test
  void refuses_to_share_its_file_with_a_second_gateway() {
    open(new FileDevice(file));
    assertThatThrownBy(() -> open(new FileDevice(file)))
        .isInstanceOf(AuditUnavailableException.class)
        .hasMessageContaining("another gateway");
  }

  /** Threat T24, and no hole in the chain afterwards. */
  @ParameterizedTest
  @MethodSource("failures")
  void refuses_while_the_device_fails_and_goes_on_without_a_hole(Fault fault) throws Exception {
    FaultyDevice device = new FaultyDevice(new FileDevice(file));
    FileAuditLog log = open(device);
    append(log, protect("r-1"));
    device.fail(fault);
    assertThatThrownBy(() -> append(log, protect("r-2")))
        .hasCauseInstanceOf(AuditUnavailableException.class);
    assertThat(log.writable()).isFalse();
    assertThatThrownBy(() -> append(log, protect("r-3")))
        .hasCauseInstanceOf(AuditUnavailableException.class);
    device.fail(Fault.NONE);
    awaitWritable(log, true);
    append(log, protect("r-4"));
    assertThat(verified()).isEqualTo(new Intact(log.head()));
    assertThat(Files.readString(file)).contains("r-1").contains("r-4").doesNotContain("r-3");
  }

  static Stream<Fault> failures() {
    return Stream.of(Fault.ERROR, Fault.FULL);
  }

  /** Threat T24: a device that never answers costs each caller the timeout and no more. */
  @Test
  void refuses_within_the_timeout_when_the_device_hangs() throws Exception {
    FaultyDevice device = new FaultyDevice(new FileDevice(file));
    FileAuditLog log = open(device);
    device.fail(Fault.HANGS);
    CompletableFuture<Void> first = log.append(protect("r-1")).toCompletableFuture();
    device.awaitHang();
    assertThatThrownBy(() -> first.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(AuditUnavailableException.class);
    awaitWritable(log, false);
    assertThat(log.append(protect("r-2")).toCompletableFuture()).isCompletedExceptionally();
    device.release();
    awaitWritable(log, true);
    append(log, protect("r-3"));
    assertThat(verified()).isEqualTo(new Intact(log.head()));
  }

  @Test
  void refuses_before_the_start_and_after_the_end() {
    FileAuditLog log =
        new FileAuditLog(new FileDevice(file), TIMEOUT, CLOCK, ForkJoinPool.commonPool());
    assertThat(log.append(protect("r-1")).toCompletableFuture()).isCompletedExceptionally();
    log.start();
    append(log, protect("r-2"));
    log.close();
    assertThat(log.writable()).isFalse();
    assertThat(log.append(protect("r-3")).toCompletableFuture()).isCompletedExceptionally();
  }

  /** Threat T25. */
  @Test
  void finds_the_first_bad_record() throws IOException {
    FileAuditLog log = open(new FileDevice(file));
    IntStream.rangeClosed(1, 5).forEach(i -> append(log, protect("r-" + i)));
    AuditHead head = log.head();
    log.close();
    List<String> lines = Files.readAllLines(file);
    assertThat(afterwards(lines, list -> list.remove(2)))
        .isEqualTo("line 3 has number 4 where 3 was expected: records were removed or moved");
    assertThat(afterwards(lines, list -> list.add(list.remove(1))))
        .startsWith("line 2 has number 3");
    assertThat(afterwards(
            lines, list -> list.set(3, list.get(3).replace("clinician-7", "clinician-8"))))
        .isEqualTo("line 4 was changed: its hash does not fit");
    assertThat(afterwards(lines, list -> list.add(3, list.get(1))))
        .startsWith("line 4 has number 2");
    assertThat(afterwards(lines, list -> list.set(0, "{}"))).isEqualTo("line 1 is not a record");
    assertThat(afterwards(lines, list -> list.set(4, rehashed(list.get(4)))))
        .isEqualTo("line 5 does not follow the record before it");
    Files.writeString(file, String.join("\n", lines));
    assertThat(verified()).hasToString("line 5 is incomplete: it has no line end");
    Files.write(file, lines.subList(0, 4));
    assertThat(verified()).isInstanceOf(Intact.class);
    assertThat(new AuditVerifier().verify(file, head))
        .hasToString("line 5 is missing: the log was cut off before record 5");
    Files.write(file, lines);
    assertThat(new AuditVerifier().verify(file, head)).isEqualTo(new Intact(head));
    assertThat(new AuditVerifier().verify(file, new AuditHead(3, "0".repeat(64))))
        .isInstanceOf(Broken.class);
  }

  /** A record with another predecessor and a hash that fits it: what a forger without the chain would write. */
  private static String rehashed(String line) {
    String open =
        line.substring(0, line.indexOf(",\"prev\"")) + ",\"prev\":\"" + "a".repeat(64) + "\"";
    return open + ",\"hash\":\"" + RecordLine.hash((open + "}").getBytes(StandardCharsets.US_ASCII))
        + "\"}";
  }

  private String afterwards(List<String> lines, java.util.function.Consumer<List<String>> tampering)
      throws IOException {
    List<String> changed = new ArrayList<>(lines);
    tampering.accept(changed);
    Files.write(file, changed);
    return verified().toString();
  }

  private Verification verified() {
    try {
      return new AuditVerifier().verify(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private FileAuditLog open(AuditDevice device) {
    return open(device, TIMEOUT);
  }

  private FileAuditLog open(AuditDevice device, Duration timeout) {
    FileAuditLog log = new FileAuditLog(device, timeout, CLOCK, ForkJoinPool.commonPool());
    log.start();
    opened.add(log);
    return log;
  }

  /** A caller's timeout begins when it asks, the device's when it is asked: the two need not end in that order. */
  private static void awaitWritable(FileAuditLog log, boolean wanted) throws InterruptedException {
    for (int i = 0; i < 1_000 && log.writable() != wanted; i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(log.writable()).isEqualTo(wanted);
  }

  /** Throws a {@link CompletionException} around the log's own. */
  private static void append(FileAuditLog log, AuditEvent event) {
    log.append(event).toCompletableFuture().join();
  }

  private static AuditEvent protect(String requestId) {
    return new AuditEvent(
        "protect",
        "clinician-7",
        "north-clinic",
        "TREAT",
        "http",
        requestId,
        "ok",
        List.of(
            new ElementCount("ssn", "protected", 2, 1),
            new ElementCount("family_name", "protected", 1, 2)),
        Map.of("route", "/fhir/Patient/{id}", "method", "PUT"));
  }

  private static AuditEvent hostile(String text) {
    return new AuditEvent(text, text, text, text, text, text, text, List.of(), Map.of(text, text));
  }
}
