package dev.phial.crypto.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyDestroyedException;
import dev.phial.crypto.testing.Keys;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamCipherTest {
  private static final DataContext CONTEXT = DataContext.of("north", "scan");
  private static final int FRAME = 16_384;
  private static final int SEALED = FRAME + 16;

  private final StreamCipher cipher = new StreamCipher(FipsModule.start());
  private final DataKey key = Keys.encrypt();

  private static byte[] plaintext(int length) {
    byte[] plaintext = new byte[length];
    new SplittableRandom(length).nextBytes(plaintext);
    return plaintext;
  }

  private byte[] seal(byte[] plaintext) {
    return SealedForm.sealStream(cipher.sealer(key, CONTEXT, FrameSize.KIB_16), plaintext);
  }

  private byte[] open(byte[] sealed) throws IOException {
    InputStream in = new ByteArrayInputStream(sealed);
    return cipher.opening(in, StreamHeader.read(in), key, CONTEXT).readAllBytes();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, 15, 16, 17, 16_383, 16_384, 16_385, 32_767, 32_768, 32_769, 49_152, 100_000})
  void what_was_sealed_opens_at_every_boundary(int length) throws IOException {
    byte[] plaintext = plaintext(length);
    byte[] sealed = seal(plaintext);
    int frames = Math.max(1, (length + FRAME - 1) / FRAME);
    assertThat(sealed).hasSize(77 + length + 16 * frames);
    assertThat(open(sealed)).isEqualTo(plaintext);
  }

  @ParameterizedTest
  @EnumSource(FrameSize.class)
  void every_frame_size_opens(FrameSize size) throws IOException {
    for (int length : new int[] {0, 1, size.bytes(), size.bytes() + 1, 3 * size.bytes() - 7}) {
      byte[] plaintext = plaintext(length);
      byte[] sealed = SealedForm.sealStream(cipher.sealer(key, CONTEXT, size), plaintext);
      assertThat(StreamHeader.parse(sealed).frameSize()).isEqualTo(size);
      assertThat(open(sealed)).isEqualTo(plaintext);
      ByteBuffer end = ByteBuffer.allocate(9);
      RandomAccessOpener anywhere = randomAccess(sealed).position(Math.max(0, length - 5));
      while (anywhere.read(end) >= 0) {
        assertThat(end.hasRemaining()).isTrue();
      }
      assertThat(Arrays.copyOf(end.array(), end.position()))
          .isEqualTo(Arrays.copyOfRange(plaintext, Math.max(0, length - 5), length));
    }
  }

  @ParameterizedTest
  @EnumSource(FrameSize.class)
  void at_every_frame_size_all_that_can_be_done_to_a_stream_is_refused(FrameSize size)
      throws IOException {
    byte[] plaintext = plaintext(3 * size.bytes());
    byte[] sealed = SealedForm.sealStream(cipher.sealer(key, CONTEXT, size), plaintext);
    List<byte[]> frames = frames(sealed, size);
    assertThat(frames).hasSize(3);
    assertRefused(joined(sealed, List.of(frames.get(1), frames.get(0), frames.get(2))));
    assertRefused(joined(sealed, List.of(frames.get(0), frames.get(2), frames.get(1))));
    assertRefused(joined(sealed, List.of(frames.get(0), frames.get(1))));
    assertRefused(joined(sealed, List.of(frames.get(0), frames.get(2))));
    byte[] doubled = joined(sealed, List.of(frames.get(0), frames.get(0), frames.get(2)));
    assertThatThrownBy(() -> open(doubled)).isInstanceOf(OpenFailedException.class);
    for (int length : new int[] {sealed.length - 1, sealed.length + 1, sealed.length + 16}) {
      assertRefused(Arrays.copyOf(sealed, length));
    }
    SplittableRandom random = new SplittableRandom(size.bytes());
    for (int i = 0; i < 20; i++) {
      byte[] changed = sealed.clone();
      changed[17 + random.nextInt(56)] ^= (byte) (1 << random.nextInt(8)); // nonce, commitment
      assertThatThrownBy(() -> open(changed)).isInstanceOf(OpenFailedException.class);
      byte[] body = sealed.clone();
      body[77 + random.nextInt(body.length - 77)] ^= (byte) (1 << random.nextInt(8));
      assertThatThrownBy(() -> open(body)).isInstanceOf(OpenFailedException.class);
    }
    InputStream in = new ByteArrayInputStream(sealed);
    StreamHeader header = StreamHeader.read(in);
    for (DataContext other : List.of(
        DataContext.of("south", "scan"),
        DataContext.of("north", "note"),
        new DataContext("north", "scan", Map.of("patient", "p-1")))) {
      assertThatThrownBy(() -> cipher.opening(in, header, key, other).readAllBytes())
          .isInstanceOf(OpenFailedException.class);
    }
  }

  @Test
  void a_short_stream_takes_little_memory_whatever_frame_size_its_header_claims() {
    byte[] plaintext = plaintext(100);
    byte[] sealed = SealedForm.sealStream(cipher.sealer(key, CONTEXT), plaintext);
    assertThat(StreamHeader.parse(sealed).frameSize()).isEqualTo(FrameSize.KIB_256);
    // Classes and pools of the module are there by now.
    assertThat(allocated(() -> SealedForm.sealStream(cipher.sealer(key, CONTEXT), plaintext)))
        .isLessThan(64 << 10);
    assertThat(allocated(() -> open(sealed))).isLessThan(128 << 10);
    assertThat(allocated(() -> randomAccess(sealed).read(ByteBuffer.allocate(100))))
        .isLessThan(64 << 10);
  }

  private static long allocated(Callable<?> work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      try {
        work.call();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }

  @Test
  void however_the_pieces_are_cut_the_same_comes_out() throws IOException {
    byte[] plaintext = plaintext(70_000);
    SplittableRandom random = new SplittableRandom(4);
    for (int round = 0; round < 50; round++) {
      ByteArrayOutputStream sealed = new ByteArrayOutputStream();
      StreamSealer sealer = cipher.sealer(key, CONTEXT, FrameSize.KIB_16);
      sealed.writeBytes(sealer.header().bytes());
      for (ByteBuffer piece : pieces(plaintext, 0, random)) {
        sealer.update(piece, frame -> SealedForm.copy(frame, sealed));
      }
      sealer.finish(frame -> SealedForm.copy(frame, sealed));

      ByteArrayOutputStream opened = new ByteArrayOutputStream();
      StreamOpener opener = cipher.opener(key, CONTEXT, StreamHeader.parse(sealed.toByteArray()));
      for (ByteBuffer piece : pieces(sealed.toByteArray(), StreamHeader.LENGTH, random)) {
        opener.update(piece, plain -> SealedForm.copy(plain, opened));
      }
      opener.finish(plain -> SealedForm.copy(plain, opened));
      assertThat(opened.toByteArray()).isEqualTo(plaintext);
      assertThat(open(sealed.toByteArray())).isEqualTo(plaintext);
    }
  }

  /** Cut at random, empty pieces, direct and read-only buffers among them. */
  private static List<ByteBuffer> pieces(byte[] bytes, int from, SplittableRandom random) {
    List<ByteBuffer> pieces = new ArrayList<>();
    int largest = random.nextBoolean() ? 500 : 50_000;
    for (int at = from; at < bytes.length; ) {
      int length = Math.min(random.nextInt(largest), bytes.length - at);
      ByteBuffer piece = ByteBuffer.wrap(bytes, at, length);
      pieces.add(
          switch (random.nextInt(3)) {
            case 0 -> ByteBuffer.allocateDirect(length).put(piece).flip();
            case 1 -> piece.asReadOnlyBuffer();
            default -> piece;
          });
      at += length;
    }
    return pieces;
  }

  @Test
  void a_written_stream_reads_back_byte_by_byte() throws IOException {
    byte[] plaintext = plaintext(40_000);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (SealingStream out = cipher.sealing(file, key, CONTEXT)) {
      for (byte b : plaintext) {
        out.write(b);
      }
      out.finish();
    }
    InputStream in = new ByteArrayInputStream(file.toByteArray());
    InputStream opening = cipher.opening(in, StreamHeader.read(in), key, CONTEXT);
    for (byte b : plaintext) {
      assertThat(opening.read()).isEqualTo(b & 0xff);
    }
    assertThat(opening.read()).isEqualTo(-1);
    assertThat(opening.read()).isEqualTo(-1);
  }

  @Test
  void a_stream_that_was_closed_without_being_finished_does_not_open() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (SealingStream out = cipher.sealing(file, key, CONTEXT)) {
      out.write(plaintext(300_000));
    }
    assertRefused(file.toByteArray());
  }

  @Test
  void after_the_end_nothing_can_be_added() {
    StreamSealer sealer = cipher.sealer(key, CONTEXT);
    sealer.finish(frame -> {});
    assertThatThrownBy(() -> sealer.update(ByteBuffer.allocate(1), frame -> {}))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> sealer.finish(frame -> {})).isInstanceOf(IllegalStateException.class);
  }

  // Everything that can be done to frames.

  private static List<byte[]> frames(byte[] sealed) {
    return frames(sealed, FrameSize.KIB_16);
  }

  private static List<byte[]> frames(byte[] sealed, FrameSize size) {
    List<byte[]> frames = new ArrayList<>();
    for (int at = 77; at < sealed.length; at += size.sealed()) {
      frames.add(Arrays.copyOfRange(sealed, at, Math.min(sealed.length, at + size.sealed())));
    }
    return frames;
  }

  private static byte[] joined(byte[] header, List<byte[]> frames) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(header, 0, 77);
    frames.forEach(out::writeBytes);
    return out.toByteArray();
  }

  private void assertRefused(byte[] sealed) {
    assertThatThrownBy(() -> open(sealed)).isInstanceOf(OpenFailedException.class);
    assertThatThrownBy(() -> randomAccess(sealed).read(ByteBuffer.allocate(1)))
        .isInstanceOf(OpenFailedException.class);
  }

  private RandomAccessOpener randomAccess(byte[] sealed) throws IOException {
    StreamHeader header = StreamHeader.parse(sealed);
    return cipher.randomAccess(new BytesChannel(sealed), header, key, CONTEXT);
  }

  @Test
  void every_truncation_is_refused() {
    byte[] sealed = seal(plaintext(3 * FRAME));
    SplittableRandom random = new SplittableRandom(5);
    List<Integer> lengths = new ArrayList<>();
    for (int frame = 0; frame < 3; frame++) {
      for (int around = -40; around <= 40; around++) {
        lengths.add(77 + frame * SEALED + around);
      }
    }
    for (int i = 0; i < 300; i++) {
      lengths.add(77 + random.nextInt(sealed.length - 77));
    }
    for (int length : lengths) {
      byte[] cut = Arrays.copyOf(sealed, length);
      if (length < 77) {
        assertThatThrownBy(() -> open(cut)).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> StreamHeader.parse(cut))
            .isInstanceOf(EnvelopeFormatException.class);
      } else {
        assertRefused(cut);
      }
    }
  }

  @Test
  void every_extension_is_refused() {
    for (int length : new int[] {0, 100, FRAME, 2 * FRAME}) {
      byte[] sealed = seal(plaintext(length));
      for (int more : new int[] {1, 15, 16, 17, SEALED - 1, SEALED, SEALED + 1}) {
        assertRefused(Arrays.copyOf(sealed, sealed.length + more));
      }
      byte[] twice = joined(sealed, frames(sealed));
      assertRefused(joined(
          twice,
          List.of(Arrays.copyOfRange(twice, 77, twice.length), frames(sealed).get(0))));
    }
  }

  @Test
  void frames_moved_doubled_left_out_or_brought_in_are_refused() {
    byte[] sealed = seal(plaintext(4 * FRAME));
    byte[] other = seal(plaintext(4 * FRAME));
    List<byte[]> frames = frames(sealed);
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        if (i != j) {
          List<byte[]> moved = new ArrayList<>(frames);
          Collections.swap(moved, i, j);
          assertThatThrownBy(() -> open(joined(sealed, moved)))
              .isInstanceOf(OpenFailedException.class);
        }
      }
      List<byte[]> doubled = new ArrayList<>(frames);
      doubled.add(i, frames.get(i));
      assertThatThrownBy(() -> open(joined(sealed, doubled)))
          .isInstanceOf(OpenFailedException.class);
      List<byte[]> without = new ArrayList<>(frames);
      without.remove(i);
      assertThatThrownBy(() -> open(joined(sealed, without)))
          .isInstanceOf(OpenFailedException.class);
      List<byte[]> mixed = new ArrayList<>(frames);
      mixed.set(i, frames(other).get(i));
      assertThatThrownBy(() -> open(joined(sealed, mixed))).isInstanceOf(OpenFailedException.class);
    }
  }

  @Test
  void another_frame_size_in_the_header_is_refused() {
    byte[] sealed = seal(plaintext(100));
    for (FrameSize size : FrameSize.values()) {
      byte[] changed = sealed.clone();
      ByteBuffer.wrap(changed).putInt(StreamHeader.FRAME_SIZE_AT, size.bytes());
      if (size != FrameSize.KIB_16) {
        assertRefused(changed);
      }
    }
    for (int size : new int[] {0, 1, -1, 16_385, 128 << 10, 1 << 20, Integer.MIN_VALUE}) {
      byte[] changed = sealed.clone();
      ByteBuffer.wrap(changed).putInt(StreamHeader.FRAME_SIZE_AT, size);
      assertThatThrownBy(() -> StreamHeader.parse(changed))
          .isInstanceOf(EnvelopeFormatException.class);
    }
  }

  @Test
  void an_empty_last_frame_after_others_is_refused_though_authentic() {
    DataKey same = Keys.encrypt();
    StreamSealer sealer = cipher.sealer(same, CONTEXT, FrameSize.KIB_16);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(sealer.header().bytes());
    Frames frames = new Sealing(FipsModule.start())
        .resume(
            same,
            same.id(),
            sealer.header().raw(),
            lane -> new Frames(
                FipsModule.start(),
                same,
                lane,
                sealer.header().raw(),
                SealedForm.STREAM.canonical(CONTEXT)));
    for (int number = 0; number < 2; number++) {
      ByteBuffer frame = ByteBuffer.allocate(SEALED);
      frames.seal(number, number == 1, ByteBuffer.allocate(number == 0 ? FRAME : 0), frame);
      SealedForm.copy(frame.flip(), out);
    }
    assertRefused(out.toByteArray());
  }

  @Test
  void no_byte_of_a_frame_is_given_before_the_frame_is_authentic() {
    byte[] sealed = seal(plaintext(3 * FRAME));
    sealed[77 + SEALED + 5] ^= 1; // in the second frame
    List<Integer> given = new ArrayList<>();
    StreamOpener opener = cipher.opener(key, CONTEXT, StreamHeader.parse(sealed));
    assertThatThrownBy(() -> {
          for (int at = 77; at < sealed.length; at++) {
            opener.update(ByteBuffer.wrap(sealed, at, 1), plain -> given.add(plain.remaining()));
          }
        })
        .isInstanceOf(OpenFailedException.class);
    assertThat(given).containsExactly(FRAME);
    assertThatThrownBy(() -> opener.update(ByteBuffer.allocate(1), plain -> given.add(1)))
        .as("a failure lasts")
        .isInstanceOf(OpenFailedException.class);
    assertThatThrownBy(() -> opener.finish(plain -> given.add(1)))
        .isInstanceOf(OpenFailedException.class);
    assertThat(given).hasSize(1);
  }

  @Test
  void reading_fails_at_the_bad_frame_and_goes_on_failing() throws IOException {
    byte[] sealed = seal(plaintext(2 * FRAME));
    sealed[sealed.length - 1] ^= 1;
    InputStream in = new ByteArrayInputStream(sealed);
    InputStream opening = cipher.opening(in, StreamHeader.read(in), key, CONTEXT);
    assertThat(opening.readNBytes(FRAME)).isEqualTo(Arrays.copyOf(plaintext(2 * FRAME), FRAME));
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(opening::read).isInstanceOf(OpenFailedException.class);
    }
  }

  @Test
  void a_key_destroyed_half_way_stops_the_stream() {
    DataKey shortLived = Keys.encrypt();
    StreamSealer sealer = cipher.sealer(shortLived, CONTEXT, FrameSize.KIB_16);
    sealer.update(ByteBuffer.allocate(FRAME + 1), frame -> {});
    shortLived.destroy();
    assertThatThrownBy(() -> sealer.finish(frame -> {})).isInstanceOf(KeyDestroyedException.class);
  }

  @Test
  void a_frame_beyond_the_counter_is_refused() {
    Frames frames = new Sealing(FipsModule.start())
        .begin(
            key,
            StreamHeader.begin(key.id(), FrameSize.KIB_16),
            lane -> new Frames(FipsModule.start(), key, lane, new byte[77], new byte[0]));
    ByteBuffer out = ByteBuffer.allocate(64);
    frames.seal(Frames.MOST - 1, true, ByteBuffer.allocate(1), out);
    assertThat(out.position()).isEqualTo(17);
    for (long number : new long[] {-1, Frames.MOST}) {
      assertThatThrownBy(() -> frames.seal(number, true, ByteBuffer.allocate(1), out))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16_384, 16_385, 81_920, 82_000})
  void reading_anywhere_gives_what_lies_there(int length) throws IOException {
    byte[] plaintext = plaintext(length);
    try (RandomAccessOpener opener = randomAccess(seal(plaintext))) {
      assertThat(opener.size()).isEqualTo(length);
      SplittableRandom random = new SplittableRandom(6);
      for (int i = 0; i < 200; i++) {
        int at = random.nextInt(length + 10);
        ByteBuffer out = ByteBuffer.allocate(1 + random.nextInt(40_000));
        opener.position(at);
        while (out.hasRemaining() && opener.read(out) >= 0) {
          assertThat(opener.position()).isEqualTo(at + out.position());
        }
        int expected = Math.max(0, Math.min(out.capacity(), length - at));
        assertThat(Arrays.copyOf(out.array(), out.position()))
            .isEqualTo(Arrays.copyOfRange(
                plaintext, Math.min(at, length), Math.min(at, length) + expected));
      }
    }
  }

  @Test
  void reading_anywhere_refuses_the_changed_frame_and_gives_its_neighbours() throws IOException {
    byte[] plaintext = plaintext(3 * FRAME);
    byte[] sealed = seal(plaintext);
    sealed[77 + SEALED] ^= 1;
    RandomAccessOpener opener = randomAccess(sealed);
    ByteBuffer out = ByteBuffer.allocate(8);
    assertThatThrownBy(() -> opener.position(FRAME).read(out))
        .isInstanceOf(OpenFailedException.class);
    opener.position(2 * FRAME).read(out);
    assertThat(out.array()).isEqualTo(Arrays.copyOfRange(plaintext, 2 * FRAME, 2 * FRAME + 8));
    opener.position(FRAME - 8).read(out.clear());
    assertThat(out.array()).isEqualTo(Arrays.copyOfRange(plaintext, FRAME - 8, FRAME));
  }

  @Test
  void two_gigabytes_pass_in_bounded_memory() {
    // More than the tests' heap holds twice over, sealed and opened at once: nothing may pile up.
    long[] given = new long[1];
    StreamSealer sealer = cipher.sealer(key, CONTEXT);
    StreamOpener opener = cipher.opener(key, CONTEXT, sealer.header());
    byte[] piece = plaintext(1 << 20);
    for (int i = 0; i < 2048; i++) {
      sealer.update(
          ByteBuffer.wrap(piece),
          frame -> opener.update(frame, plain -> given[0] += plain.remaining()));
    }
    sealer.finish(frame -> opener.update(frame, plain -> given[0] += plain.remaining()));
    opener.finish(plain -> given[0] += plain.remaining());
    assertThat(given[0]).isEqualTo(2L << 30);
  }
}
