package dev.phial.gateway.logs.buffer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class DiskBufferTest {
  private static final long MIB = 1 << 20;

  @TempDir
  Path directory = Path.of("");

  private BufferSettings settings(long most, Duration sync) {
    return BufferSettings.of("test", directory.resolve("buffer"), most, sync);
  }

  private DiskBuffer open() {
    return DiskBuffer.open(settings(MIB, Duration.ofMillis(500)));
  }

  static Parcel parcel(String body) {
    return new Parcel(1, Map.of("path", "/x"), ByteBuffer.wrap(body.getBytes(UTF_8)));
  }

  static String text(Parcel parcel) {
    return UTF_8.decode(parcel.body().duplicate()).toString();
  }

  static void append(DiskBuffer buffer, String body) throws Exception {
    buffer.append(parcel(body)).toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  static List<String> all(DiskBuffer buffer) throws Exception {
    List<String> all = new ArrayList<>();
    Position at = buffer.released();
    for (Optional<Entry> next = buffer.read(at, Duration.ZERO);
        next.isPresent();
        next = buffer.read(at, Duration.ZERO)) {
      all.add(text(next.get().parcel()));
      at = next.get().next();
    }
    return all;
  }

  private Path segment() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("buffer"))) {
      return files
          .filter(f -> f.toString().endsWith(".log"))
          .sorted()
          .findFirst()
          .orElseThrow();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 500})
  void gives_back_in_order_what_was_put_in_also_after_it_was_closed(long sync) throws Exception {
    BufferSettings settings = settings(MIB, Duration.ofMillis(sync));
    try (DiskBuffer buffer = DiskBuffer.open(settings)) {
      append(buffer, "one");
      append(buffer, "");
      append(buffer, "three");
      assertThat(all(buffer)).containsExactly("one", "", "three");
    }
    try (DiskBuffer buffer = DiskBuffer.open(settings)) {
      append(buffer, "four");
      assertThat(all(buffer)).containsExactly("one", "", "three", "four");
    }
  }

  @Test
  void keeps_fields_and_counts() throws Exception {
    Parcel put =
        new Parcel(7, Map.of("a", "1", "ünï", "täxt"), ByteBuffer.wrap(new byte[] {0, -1}));
    try (DiskBuffer buffer = open()) {
      buffer.append(put).toCompletableFuture().get(30, TimeUnit.SECONDS);
      assertThat(buffer.read(Position.START, Duration.ZERO).map(Entry::parcel)).contains(put);
    }
  }

  @Test
  void does_not_give_again_what_was_released() throws Exception {
    try (DiskBuffer buffer = open()) {
      append(buffer, "one");
      append(buffer, "two");
      buffer.release(buffer.read(buffer.released(), Duration.ZERO).orElseThrow().next());
      assertThat(all(buffer)).containsExactly("two");
    }
    try (DiskBuffer buffer = open()) {
      assertThat(all(buffer)).containsExactly("two");
    }
  }

  @Test
  void is_bounded_and_has_room_again_when_files_are_released() throws Exception {
    String large = "x".repeat(30_000);
    try (DiskBuffer buffer = open()) {
      int taken = fill(buffer, large);
      assertThat(taken).isBetween(30, 35);
      assertThat(buffer.bytes()).isLessThanOrEqualTo(MIB);
      Position end = buffer.released();
      for (int i = 0; i < taken; i++) {
        end = buffer.read(end, Duration.ZERO).orElseThrow().next();
      }
      buffer.release(end);
      append(buffer, large);
      assertThat(all(buffer)).containsExactly(large);
    }
  }

  private static int fill(DiskBuffer buffer, String body) throws Exception {
    for (int taken = 0; ; taken++) {
      try {
        append(buffer, body);
      } catch (java.util.concurrent.ExecutionException e) {
        assertThat(e.getCause())
            .isInstanceOfSatisfying(
                BufferException.class, full -> assertThat(full.isFull()).isTrue());
        return taken;
      }
    }
  }

  /** A process can die within a write at any byte of it. */
  @Test
  void cuts_off_a_torn_end_wherever_it_is_torn() throws Exception {
    try (DiskBuffer buffer = open()) {
      append(buffer, "whole");
      append(buffer, "torn");
    }
    Path segment = segment();
    byte[] bytes = Files.readAllBytes(segment);
    int second = bytes.length - ParcelFormat.encode(parcel("torn")).remaining();
    for (int length = second; length < bytes.length; length++) {
      Files.deleteIfExists(directory.resolve("buffer/cursor"));
      removeSegments();
      Files.write(segment, java.util.Arrays.copyOf(bytes, length));
      try (DiskBuffer buffer = open()) {
        append(buffer, "next");
        assertThat(all(buffer)).as("torn at " + length).containsExactly("whole", "next");
        assertThat(buffer.damaged()).isZero();
      }
    }
  }

  private void removeSegments() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("buffer"))) {
      files.filter(f -> f.toString().endsWith(".log")).forEach(DiskBufferTest::delete);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void never_gives_out_a_changed_record() throws Exception {
    try (DiskBuffer buffer = open()) {
      append(buffer, "first of the first file");
      append(buffer, "second of the first file");
    }
    try (DiskBuffer buffer = open()) {
      append(buffer, "of the second file");
    }
    Path segment = segment();
    byte[] bytes = Files.readAllBytes(segment);
    int second =
        bytes.length - ParcelFormat.encode(parcel("second of the first file")).remaining();
    for (int at = second; at < bytes.length; at++) {
      byte[] changed = bytes.clone();
      changed[at] ^= 1;
      Files.write(segment, changed, StandardOpenOption.TRUNCATE_EXISTING);
      try (DiskBuffer buffer = open()) {
        assertThat(all(buffer))
            .as("changed at " + at)
            .containsExactly("first of the first file", "of the second file");
        assertThat(buffer.damaged()).isPositive();
      }
    }
  }

  @Test
  void sets_aside_a_file_whose_head_is_damaged_and_refuses_one_of_another_version()
      throws Exception {
    try (DiskBuffer buffer = open()) {
      append(buffer, "lost");
    }
    Path segment = segment();
    byte[] bytes = Files.readAllBytes(segment);
    byte[] newer = HexFormat.of().parseHex("50484941" + "4c4c4f47" + "00020000" + "00000000");
    java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
    crc.update(newer, 0, 12);
    ByteBuffer.wrap(newer).putInt(12, (int) crc.getValue());
    Files.write(segment, newer);
    assertThatThrownBy(this::open)
        .isInstanceOf(BufferException.class)
        .hasMessageContaining("version 2");

    bytes[0] = 0;
    Files.write(segment, bytes);
    try (DiskBuffer buffer = open()) {
      assertThat(all(buffer)).isEmpty();
      assertThat(buffer.damaged()).isEqualTo(1);
      assertThat(segment.resolveSibling(segment.getFileName() + ".damaged")).exists();
    }
  }

  @Test
  void a_lost_cursor_only_means_that_all_is_delivered_again() throws Exception {
    try (DiskBuffer buffer = open()) {
      append(buffer, "one");
      append(buffer, "two");
      buffer.release(buffer.read(buffer.released(), Duration.ZERO).orElseThrow().next());
    }
    Files.write(directory.resolve("buffer/cursor"), new byte[64]);
    try (DiskBuffer buffer = open()) {
      assertThat(all(buffer)).containsExactly("one", "two");
    }
  }

  @Test
  void is_for_its_owner_and_for_one_gateway() throws Exception {
    try (DiskBuffer buffer = open()) {
      append(buffer, "one");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(segment())))
          .isEqualTo("rw-------");
      assertThat(PosixFilePermissions.toString(
              Files.getPosixFilePermissions(directory.resolve("buffer"))))
          .isEqualTo("rwx------");
      assertThatThrownBy(this::open).hasMessageContaining("another gateway uses it");
    }
  }

  @Test
  void a_reader_waits_for_what_comes() throws Exception {
    try (DiskBuffer buffer = open()) {
      Thread writer =
          new Thread(() -> IntStream.range(0, 100).forEach(i -> buffer.append(parcel("n" + i))));
      writer.start();
      Position at = buffer.released();
      for (int i = 0; i < 100; i++) {
        Entry entry = buffer.read(at, Duration.ofSeconds(30)).orElseThrow();
        assertThat(text(entry.parcel())).isEqualTo("n" + i);
        at = entry.next();
      }
      writer.join();
    }
  }

  /** docs/format.md, golden for ever: a buffer of an older Phial must be delivered by a newer one. */
  @Test
  void a_segment_of_version_1_is_these_bytes() throws Exception {
    byte[] golden;
    try (var in = DiskBufferTest.class.getResourceAsStream("segment-v1.hex")) {
      golden = HexFormat.of()
          .parseHex(new String(in.readAllBytes(), UTF_8).replaceAll("(?m)#.*$|\\s", ""));
    }
    try (DiskBuffer buffer = open()) {
      Parcel parcel = new Parcel(
          2,
          Map.of("type", "text/plain", "path", "/logs"),
          ByteBuffer.wrap("12 <13>masked 1\n".getBytes(UTF_8)));
      buffer.append(parcel).toCompletableFuture().get(30, TimeUnit.SECONDS);
      append(buffer, "*SSN*");
    }
    assertThat(HexFormat.of().formatHex(Files.readAllBytes(segment())))
        .isEqualTo(HexFormat.of().formatHex(golden));
  }
}
