package dev.phial.crypto.portable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.envelope.OpenFailedException;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.KeyAccess;
import dev.phial.crypto.testing.Keys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortableKeyFileTest {
  private static final byte[] PLAINTEXT = {1, 2, 3, 4, 5};
  private static final Map<String, String> CONTEXT = Map.of("delivery", "d-17");

  @TempDir
  Path folder = Path.of("");

  private final FipsModule module = FipsModule.start();
  private final PortableCipher cipher = new PortableCipher(module);

  private Path file(byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("partner.key"), content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  private static PortableKey read(Path file) throws IOException {
    return new PortableKeyFile(file).read("lakeside", "2026");
  }

  @Test
  void a_made_file_is_its_owners_alone_and_never_replaced() throws IOException {
    Path file = folder.resolve("partner.key");
    new PortableKeyFile(file).make(module);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    String made = Files.readString(file);
    assertThat(made).matches("[0-9a-f]{64}\\n");
    assertThatThrownBy(() -> new PortableKeyFile(file).make(module))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("exists already");
    assertThat(Files.readString(file)).isEqualTo(made);
    Path other = folder.resolve("other.key");
    new PortableKeyFile(other).make(module);
    assertThat(Files.readString(other)).isNotEqualTo(made);
  }

  @Test
  void bytes_and_hex_are_one_key() throws IOException {
    byte[] key = new byte[32];
    key[0] = 7;
    key[31] = 10; // ends like a line
    byte[] sealed = cipher.seal(read(file(key)), CONTEXT, PLAINTEXT);
    String hex = HexFormat.of().formatHex(key);
    for (String form : new String[] {hex, hex + "\n", hex.toUpperCase(Locale.ROOT) + "\r\n"}) {
      PortableKey same = read(file(form.getBytes(StandardCharsets.US_ASCII)));
      assertThat(cipher.open(same, CONTEXT, sealed)).isEqualTo(PLAINTEXT);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16, 31, 33, 63, 64, 65, 66, 67, 1000})
  void what_is_no_key_is_refused_without_being_quoted(int length) throws IOException {
    byte[] content = "z".repeat(length).getBytes(StandardCharsets.US_ASCII);
    Path file = file(content);
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holds no key")
        .hasMessageNotContaining("zz");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwxrwxrwx"})
  void a_file_that_others_can_use_is_refused(String permissions) throws IOException {
    Path file = file(new byte[32]);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void a_missing_file_says_so() {
    assertThatThrownBy(() -> read(folder.resolve("none.key")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void names_that_the_SDK_would_not_take_are_refused() {
    for (String namespace :
        new String[] {"", "aws-kms", "aws-kms-mrk", "n".repeat(5000), "\ud800"}) {
      assertThatThrownBy(() -> PortableKey.held(namespace, "2026", new byte[32]))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> PortableKey.held("lakeside", "", new byte[32]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PortableKey.held("lakeside", "2026", new byte[16]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void T5_key_name_namespace_and_context_are_bound() {
    byte[] key = new byte[32];
    PortableKey held = PortableKey.held("lakeside", "2026", key);
    byte[] sealed = cipher.seal(held, CONTEXT, PLAINTEXT);
    assertThat(cipher.open(held, CONTEXT, sealed)).isEqualTo(PLAINTEXT);
    byte[] otherKey = {
      1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    for (PortableKey other : new PortableKey[] {
      PortableKey.held("lakeside", "2027", key),
      PortableKey.held("mercy", "2026", key),
      PortableKey.held("lakeside", "2026", otherKey)
    }) {
      assertThatThrownBy(() -> cipher.open(other, CONTEXT, sealed))
          .isInstanceOf(OpenFailedException.class);
    }
    for (Map<String, String> other : List.<Map<String, String>>of(
        Map.of(), Map.of("delivery", "d-18"), Map.of("delivery", "d-17", "more", ""))) {
      assertThatThrownBy(() -> cipher.open(held, other, sealed))
          .isInstanceOf(OpenFailedException.class);
    }
    assertThatThrownBy(() -> cipher.seal(held, Map.of("phial-tenant", "north"), PLAINTEXT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** What a gateway's key sealed opens for whoever was given that wrapping key in a file. */
  @Test
  void an_exported_wrapping_key_opens_its_elements_messages() throws IOException {
    PortableKey derived = PortableKey.of(module, Keys.encrypt(), "north", "note");
    byte[] sealed = cipher.seal(derived, new DataContext("north", "note", CONTEXT), PLAINTEXT);
    Path file = file(derived.export(KeyAccess.toKeyMaterial()));
    PortableKey held = new PortableKeyFile(file).read("phial", derived.name());
    assertThat(cipher.open(
            held,
            Map.of("phial-tenant", "north", "phial-element", "note", "delivery", "d-17"),
            sealed))
        .isEqualTo(PLAINTEXT);
  }

  @Test
  void no_text_shows_the_key() {
    byte[] key = new byte[32];
    key[0] = (byte) 0xab;
    assertThat(PortableKey.held("lakeside", "2026", key).toString()).isEqualTo("PortableKey[held]");
  }
}
