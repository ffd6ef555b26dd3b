package dev.phial.kms.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.Kms;
import dev.phial.kms.KmsSettings;
import dev.phial.kms.KmsUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeystoreFileTest {
  @TempDir
  Path directory = Path.of("");

  @BeforeAll
  static void startModule() {
    FipsModule.start();
  }

  private Path keystore() {
    return directory.resolve("kms/local.bcfks");
  }

  private Path passphrase() {
    return directory.resolve("secret/local.pass");
  }

  private Kms open(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(Map.of(
        "keystore", "kms/local.bcfks", "passphrase.file", "secret/local.pass", "create", "true"));
    settings.putAll(more);
    return new LocalKmsProvider()
        .open(new KmsSettings("local", settings, directory, variable -> ""));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void creates_keystore_and_passphrase_for_the_owner_only() throws Exception {
    open(Map.of()).close();
    assertThat(mode(keystore())).isEqualTo("rw-------");
    assertThat(mode(passphrase())).isEqualTo("rw-------");
    assertThat(mode(keystore().resolveSibling(""))).isEqualTo("rwx------");
    assertThat(mode(passphrase().resolveSibling(""))).isEqualTo("rwx------");
    try (Stream<Path> files = Files.walk(directory).filter(Files::isRegularFile)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("local.bcfks", "local.bcfks.lock", "local.pass");
    }
  }

  @Test
  void creates_nothing_unless_told_to() throws Exception {
    assertThatThrownBy(() -> open(Map.of("create", "false")))
        .isInstanceOf(KmsUnavailableException.class)
        .hasMessageContaining("create: true");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void leaves_an_existing_keystore_as_it_is() throws Exception {
    open(Map.of()).close();
    byte[] before = Files.readAllBytes(keystore());
    open(Map.of("kek", "other")).close();
    assertThat(Files.readAllBytes(keystore())).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw--w----", "rw----r--"})
  void refuses_a_keystore_that_others_may_touch_and_says_how_to_mend_it(String mode)
      throws Exception {
    open(Map.of()).close();
    Files.setPosixFilePermissions(keystore(), PosixFilePermissions.fromString(mode));
    assertThatThrownBy(() -> open(Map.of()))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("chmod 600 " + keystore());
  }

  @Test
  void refuses_a_passphrase_shorter_than_the_approved_mode_allows() throws Exception {
    Files.createDirectories(passphrase().resolveSibling(""));
    Files.createFile(
        passphrase(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(passphrase(), "thirteen byte");
    assertThatThrownBy(() -> open(Map.of()))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("at least 14 bytes")
        .hasMessageNotContaining("thirteen");
    assertThat(keystore()).doesNotExist();
  }

  @Test
  void refuses_settings_that_it_does_not_know_or_cannot_use() {
    assertThatThrownBy(() -> open(Map.of("keystor", "x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'keystor' is not known here");
    assertThatThrownBy(() -> open(Map.of("kek", "a#b")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("setting 'kek'");
    assertThat(keystore()).doesNotExist();
  }

  @Test
  void refuses_another_passphrase() throws Exception {
    open(Map.of()).close();
    Files.writeString(passphrase(), "not the passphrase it was");
    assertThatThrownBy(() -> open(Map.of()))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("does not open with the passphrase in file " + passphrase());
  }

  @Test
  void never_makes_a_new_passphrase_for_an_old_keystore() throws Exception {
    open(Map.of()).close();
    Files.delete(passphrase());
    assertThatThrownBy(() -> open(Map.of())).isInstanceOf(AccessDeniedException.class);
    assertThat(passphrase()).doesNotExist();
  }

  @Test
  void refuses_a_damaged_keystore() throws Exception {
    open(Map.of()).close();
    byte[] content = Files.readAllBytes(keystore());
    for (int at : List.of(0, content.length / 2, content.length - 1)) {
      byte[] damaged = content.clone();
      damaged[at] ^= 1;
      Files.write(keystore(), damaged);
      assertThatThrownBy(() -> open(Map.of())).isInstanceOf(AccessDeniedException.class);
    }
    Files.write(keystore(), new byte[0]);
    assertThatThrownBy(() -> open(Map.of())).isInstanceOf(AccessDeniedException.class);
  }

  @Test
  void takes_its_passphrase_from_the_environment() throws Exception {
    Map<String, String> settings = Map.of("passphrase.env", "PASS", "create", "true");
    KmsSettings inEnvironment =
        new KmsSettings("local", settings, directory, name -> "a passphrase in the environment");
    new LocalKmsProvider().open(inEnvironment).close();
    new LocalKmsProvider().open(inEnvironment).close();
    assertThat(directory.resolve("local.bcfks")).exists();
  }

  /** The states in which a kill may leave a first start. */
  @Test
  void finishes_a_creation_that_was_cut_short() throws Exception {
    open(Map.of()).close();
    byte[] made = Files.readAllBytes(keystore());
    Files.delete(keystore());
    Files.write(keystore().resolveSibling("local.bcfks.tmp"), new byte[] {1, 2, 3});
    Files.write(passphrase().resolveSibling("local.pass.tmp"), new byte[] {1, 2, 3});
    open(Map.of()).close();
    assertThat(Files.readAllBytes(keystore())).isNotEqualTo(made);
    Files.delete(passphrase());
    Files.delete(keystore());
    open(Map.of()).close();
    open(Map.of("create", "false")).close();
  }

  @Test
  void is_created_once_by_openings_at_the_same_time() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<Boolean> opening = this::openedOrToldToRetry;
      for (Future<Boolean> opened :
          threads.invokeAll(List.of(opening, opening, opening, opening))) {
        assertThat(opened.get()).isTrue();
      }
      open(Map.of("create", "false")).close();
    } finally {
      threads.shutdownNow();
    }
  }

  private boolean openedOrToldToRetry() {
    try {
      open(Map.of()).close();
      return true;
    } catch (KmsUnavailableException e) {
      return e.retryable();
    }
  }
}
