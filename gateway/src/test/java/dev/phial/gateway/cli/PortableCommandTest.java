package dev.phial.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code phial portable} as a shell sees it: no gateway, no configuration. */
class PortableCommandTest {
  @TempDir
  Path folder = Path.of("");

  private Path key = Path.of("");

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Result(int exit, byte[] out, String err) {}

  private static Result phial(byte[] input, List<String> arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    PrintStream stdout = System.out;
    InputStream stdin = System.in;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setIn(new ByteArrayInputStream(input));
    try {
      int exit = PhialCommand.line()
          .setErr(new PrintWriter(err))
          .execute(arguments.toArray(String[]::new));
      return new Result(exit, out.toByteArray(), err.toString());
    } finally {
      System.setOut(stdout);
      System.setIn(stdin);
    }
  }

  private Result portable(String operation, byte[] input, String... more) {
    List<String> all = new ArrayList<>(List.of(
        "portable", operation, "--key-file", key.toString(), "--key-name", "lakeside/2026"));
    all.addAll(List.of(more));
    return phial(input, all);
  }

  @BeforeEach
  void make() {
    key = folder.resolve("partner.key");
    assertThat(phial(new byte[0], List.of("portable", "key", key.toString())).exit())
        .isZero();
  }

  @Test
  void what_was_sealed_opens_byte_for_byte() {
    byte[] data = new byte[200_000];
    new SplittableRandom(1).nextBytes(data);
    for (byte[] plaintext : List.of(new byte[0], data)) {
      Result sealed = portable("seal", plaintext, "--context", "delivery=d-17");
      assertThat(sealed.exit()).isZero();
      Result opened = portable("open", sealed.out(), "--context", "delivery=d-17");
      assertThat(opened.exit()).isZero();
      assertThat(opened.out()).isEqualTo(plaintext);
    }
  }

  @Test
  void what_is_not_authentic_gives_no_byte_and_ends_with_one() {
    byte[] data = new byte[200_000];
    byte[] sealed = portable("seal", data, "--context", "delivery=d-17").out();
    byte[] changed = sealed.clone();
    changed[changed.length - 1] ^= 1; // the last frame: all before it is authentic
    List<Result> refused = List.of(
        portable("open", changed, "--context", "delivery=d-17"),
        portable("open", Arrays.copyOf(sealed, sealed.length - 20), "--context", "delivery=d-17"),
        portable("open", sealed),
        portable("open", sealed, "--context", "delivery=d-18"),
        portable("open", sealed, "--context", "delivery=d-17", "--key-namespace", "mercy"),
        portable("open", "no message".getBytes(StandardCharsets.UTF_8)),
        portable("open", new byte[0]));
    for (Result result : refused) {
      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).startsWith("phial: ");
    }
    assertThat(refused.get(0).err()).contains("NOT AUTHENTIC");
  }

  @Test
  void a_key_file_is_not_replaced_not_quoted_and_not_shared() throws IOException {
    String before = Files.readString(key);
    Result again = phial(new byte[0], List.of("portable", "key", key.toString()));
    assertThat(again.exit()).isEqualTo(2);
    assertThat(Files.readString(key)).isEqualTo(before);

    Files.writeString(key, "z" + before.substring(1));
    Result broken = portable("seal", new byte[1]);
    assertThat(broken.exit()).isEqualTo(2);
    assertThat(broken.err()).contains("holds no key").doesNotContain(before.substring(1, 20));

    Files.writeString(key, before);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
    Result shared = portable("seal", new byte[1]);
    assertThat(shared.exit()).isEqualTo(2);
    assertThat(shared.out()).isEmpty();
    assertThat(shared.err()).contains("chmod 600");
  }

  @Test
  void names_that_are_reserved_are_refused() {
    Result reserved = portable("seal", new byte[1], "--context", "phial-tenant=x");
    assertThat(reserved.exit()).isEqualTo(2);
    assertThat(reserved.err()).contains("phial- or aws-crypto-");
    assertThat(portable("seal", new byte[1], "--key-namespace", "aws-kms").exit())
        .isEqualTo(2);
  }

  @Test
  void more_than_a_message_holds_is_refused() {
    Result large = portable("seal", new byte[(64 << 20) + 1]);
    assertThat(large.exit()).isEqualTo(1);
    assertThat(large.out()).isEmpty();
    assertThat(large.err()).contains("67108864");
  }
}
