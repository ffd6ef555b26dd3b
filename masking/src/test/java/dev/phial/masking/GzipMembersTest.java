package dev.phial.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.masking.stream.GzipMembers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

/** Threat T31, where it is done. */
class GzipMembersTest {
  private static final byte[] ZEROS = new byte[1 << 16];

  private static byte[] member(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] member(String text) {
    return member(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** Gives one byte at a time, and never says that there is more: a slow pipe. */
  private static InputStream slow(byte[] bytes) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] to, int from, int length) {
        return super.read(to, from, Math.min(1, length));
      }

      @Override
      public synchronized int available() {
        return 0;
      }
    };
  }

  private static String text(InputStream in) throws IOException {
    return new String(new GzipMembers(in).readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void reads_all_members_however_slowly_they_come() throws IOException {
    byte[] three = joined(member("one\n"), member(""), member("two\n"));
    assertThat(text(new ByteArrayInputStream(three))).isEqualTo("one\ntwo\n");
    assertThat(text(slow(three))).isEqualTo("one\ntwo\n");
    assertThat(text(new ByteArrayInputStream(joined(three, new byte[700]))))
        .isEqualTo("one\ntwo\n");
  }

  @Test
  void reads_headers_with_everything_that_RFC_1952_knows() throws IOException {
    byte[] plain = member("one\n");
    byte[] head = {
      31, (byte) 139, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3, 2, 0, 7, 7, 'a', 0, 'b', 0, 1, 1
    };
    byte[] full = joined(head, Arrays.copyOfRange(plain, 10, plain.length));
    assertThat(text(slow(full))).isEqualTo("one\n");
    full[3] |= (byte) 0x80;
    assertThatThrownBy(() -> text(slow(full))).hasMessageContaining("flags");
  }

  @Test
  void what_is_cut_anywhere_fails_after_what_was_whole() throws IOException {
    byte[] two = joined(member("one\n"), member("two\n"));
    int first = member("one\n").length;
    for (int end = 1; end < two.length; end++) {
      if (end == first) {
        continue;
      }
      GzipMembers in = new GzipMembers(new ByteArrayInputStream(two, 0, end));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      assertThatThrownBy(() -> in.transferTo(out))
          .isInstanceOfAny(EOFException.class, ZipException.class);
      assertThat("one\ntwo\n").startsWith(out.toString(StandardCharsets.UTF_8));
    }
  }

  @Test
  void what_follows_and_is_no_member_fails() {
    byte[] garbage = joined(member("one\n"), "ssn 536-90-4399".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> text(slow(garbage)))
        .hasMessageContaining("something else")
        .hasMessageNotContaining("4399");
  }

  @Test
  void any_byte_that_was_changed_is_noticed_or_changes_nothing() throws IOException {
    byte[] good = member("one patient, one line\n");
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 0x55;
      String read = "";
      try {
        read = text(new ByteArrayInputStream(bad));
      } catch (IOException e) {
        continue;
      }
      assertThat(read).isEqualTo("one patient, one line\n");
    }
  }

  @Test
  void a_bomb_stops_at_the_ratio_and_is_never_held() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out, 1 << 16)) {
      for (int i = 0; i < 1_024; i++) {
        gzip.write(ZEROS); // 64 MiB, of which 64 KiB are left
      }
    }
    GzipMembers in = new GzipMembers(new ByteArrayInputStream(out.toByteArray()), 100, 1 << 20);
    long[] read = new long[1];
    byte[] piece = new byte[8_192];
    assertThatThrownBy(() -> {
          for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
            read[0] += n;
          }
        })
        .isInstanceOf(GzipMembers.RatioException.class)
        .hasMessageContaining("100 times");
    assertThat(read[0]).isBetween(1L << 20, 2L << 20);
  }
}
