package dev.phial.kms.kmip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.kms.InvalidWrappedKeyException;
import dev.phial.kms.KekRef;
import dev.phial.kms.KekVersion;
import dev.phial.kms.KeyNotFoundException;
import dev.phial.kms.Kms;
import dev.phial.kms.KmsException;
import dev.phial.kms.KmsUnavailableException;
import dev.phial.kms.WrapContext;
import dev.phial.kms.WrapFrame;
import dev.phial.kms.WrappedKey;
import dev.phial.kms.testkit.KmsContractTest;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KmipKmsTest extends KmsContractTest {
  private static final KekRef KEK = new KekRef("kmip", "phial");
  private static final WrapContext CONTEXT = new WrapContext("north-clinic", "ENCRYPT", 7, 1);
  private static @Nullable PyKmip server;

  @BeforeAll
  static void startServer(@TempDir Path directory) throws Exception {
    server = PyKmip.start(directory);
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  private static Kms open(Map<String, String> changes) {
    return new KmipKmsProvider().open(Objects.requireNonNull(server).settings(changes));
  }

  @Override
  protected Kms open() {
    return open(Map.of());
  }

  @Override
  protected OptionalInt servicePort() {
    return OptionalInt.of(Objects.requireNonNull(server).port());
  }

  @Override
  protected Kms openAt(int port) {
    return open(Map.of("address", "localhost:" + port));
  }

  @Override
  protected KekRef kek() {
    return KEK;
  }

  @Test
  void does_not_make_a_key_unless_it_is_asked_to() throws Exception {
    try (Kms kms = open(Map.of("create", "", "kek", "never-made"))) {
      assertThat(failure(kms.describe(new KekRef("kmip", "never-made"))))
          .isInstanceOf(KeyNotFoundException.class);
    }
  }

  @Test
  void does_not_find_a_version_that_the_server_never_had() throws Exception {
    try (Kms kms = open()) {
      WrappedKey wrapped = await(kms.wrap(KEK, new byte[32], CONTEXT));
      WrappedKey orphan = WrappedKey.of(new KekVersion(KEK, "987654"), wrapped.bytes());
      assertThat(failure(kms.unwrap(orphan, CONTEXT))).isInstanceOf(KeyNotFoundException.class);
    }
  }

  /** The frame's check is no secret: who changes the blob can mend it, and meets the server then. */
  @Test
  void leaves_a_well_framed_forgery_to_the_server() throws Exception {
    try (Kms kms = open()) {
      WrappedKey wrapped = await(kms.wrap(KEK, new byte[32], CONTEXT));
      byte[] blob = WrapFrame.open(wrapped);
      for (int place : new int[] {0, 20, blob.length - 1}) {
        byte[] changed = blob.clone();
        changed[place] ^= 1;
        WrappedKey forged = WrappedKey.of(wrapped.kekVersion(), WrapFrame.around(changed));
        assertThat(failure(kms.unwrap(forged, CONTEXT)))
            .isInstanceOf(InvalidWrappedKeyException.class);
      }
    }
  }

  @Test
  void does_not_talk_to_a_server_that_somebody_else_vouches_for() {
    assertThat(refusal(Map.of("ca", "stranger.pem")))
        .isInstanceOf(KmsUnavailableException.class)
        .hasMessageContaining("cannot be reached");
  }

  @Test
  void is_not_let_in_with_the_certificate_of_another() {
    assertThat(refusal(Map.of("certificate", "stranger.pem", "key", "stranger.key")))
        .isInstanceOf(KmsException.class)
        .hasMessageContaining("does not know our certificate");
  }

  /** What the first call fails with. */
  private static Throwable refusal(Map<String, String> changes) {
    try (Kms kms = open(changes)) {
      return failure(kms.describe(KEK));
    }
  }

  @Test
  void refuses_settings_that_are_wrong() {
    refuses(Map.of("address", "localhost"), "'address' must be host:port");
    refuses(Map.of("address", "localhost:99999"), "'address' must be host:port");
    refuses(Map.of("certificate", ""), "'certificate' is missing");
    refuses(Map.of("key", ""), "'certificate' and 'key' go together");
    refuses(Map.of("certficate", "x"), "'certficate' is not known here");
  }

  private static void refuses(Map<String, String> changes, String message) {
    assertThatThrownBy(() -> open(changes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
