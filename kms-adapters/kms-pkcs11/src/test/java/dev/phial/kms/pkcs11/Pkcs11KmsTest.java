package dev.phial.kms.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.kms.InvalidWrappedKeyException;
import dev.phial.kms.KekRef;
import dev.phial.kms.KekVersion;
import dev.phial.kms.KeyNotFoundException;
import dev.phial.kms.Kms;
import dev.phial.kms.KmsException;
import dev.phial.kms.KmsUnavailableException;
import dev.phial.kms.WrapContext;
import dev.phial.kms.WrappedKey;
import dev.phial.kms.testkit.KmsContractTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Pkcs11KmsTest extends KmsContractTest {
  private static final KekRef KEK = new KekRef("hsm", "default");
  private static final WrapContext CONTEXT = new WrapContext("north-clinic", "ENCRYPT", 7, 1);

  /** Format 1: a key of 32 bytes 00 to 1f, for {@link #CONTEXT}, under a KEK of 32 bytes 40 to 5f. */
  private static final String GOLDEN =
      "01a0a1a2a3a4a5a6a7a8a9aaabd78e043ce6ee9a2a71664bf585b13ef9ff06e7"
          + "d4f87a933afac5f481f5df60e706db29a0023cc1d4fe2d328f3948d8dc";

  @BeforeEach
  void requireToken() throws Exception {
    SoftHsm.started();
  }

  @Override
  protected Kms open() throws Exception {
    return SoftHsm.started().open(Map.of());
  }

  @Override
  protected KekRef kek() {
    return KEK;
  }

  @Test
  void makes_one_key_that_never_leaves_the_token() throws Exception {
    try (Kms kms = SoftHsm.started().open(Map.of("kek", "made"))) {
      assertThat(await(kms.describe(new KekRef("hsm", "made"))).enabled()).isTrue();
    }
    String keys = SoftHsm.started().tool("--list-objects", "--type", "secrkey");
    assertThat(keys.split("label: +made\n", -1)).hasSize(2);
    assertThat(keys).doesNotContain("label:      \n");
    assertThat(keys.split("made", 2)[1].split("Secret Key", 2)[0])
        .contains("Usage:      encrypt, decrypt\n")
        .contains("sensitive")
        .contains("never extractable");
  }

  @Test
  void logs_in_again_when_its_session_was_lost() throws Exception {
    try (Kms kms = open()) {
      WrappedKey wrapped = await(kms.wrap(KEK, new byte[32], CONTEXT));
      SoftHsm.started().logOut();
      assertThat(await(kms.unwrap(wrapped, CONTEXT))).isEqualTo(new byte[32]);
      SoftHsm.started().logOut();
      assertThat(await(kms.describe(KEK)).current()).isEqualTo(wrapped.kekVersion());
      SoftHsm.started().logOut();
      assertThat(await(kms.rewrap(wrapped, KEK, CONTEXT)).kekVersion())
          .isEqualTo(wrapped.kekVersion());
    }
  }

  @Test
  void logs_in_again_under_the_hands_of_many_callers() throws Exception {
    try (Kms kms = open()) {
      WrappedKey wrapped = await(kms.wrap(KEK, new byte[32], CONTEXT));
      for (int round = 0; round < 5; round++) {
        List<CompletionStage<byte[]>> callers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
          callers.add(kms.unwrap(wrapped, CONTEXT));
        }
        SoftHsm.started().logOut();
        for (CompletionStage<byte[]> caller : callers) {
          Throwable failure = failure(caller);
          assertThat(failure == null || failure instanceof KmsUnavailableException)
              .isTrue();
        }
        assertThat(await(kms.unwrap(wrapped, CONTEXT))).isEqualTo(new byte[32]);
      }
    }
  }

  @Test
  void calls_a_token_that_was_pulled_a_passing_fault_and_not_tampering() throws Exception {
    try (Kms kms = SoftHsm.started().open(Map.of("token_label", SoftHsm.FRAIL_TOKEN))) {
      WrappedKey wrapped = await(kms.wrap(KEK, new byte[32], CONTEXT));
      SoftHsm.started().pullFrailToken();
      for (Throwable failure : new Throwable[] {
        failure(kms.unwrap(wrapped, CONTEXT)),
        failure(kms.wrap(KEK, new byte[32], CONTEXT)),
        failure(kms.describe(KEK))
      }) {
        assertThat(failure).isInstanceOf(KmsUnavailableException.class);
        assertThat(((KmsException) failure).retryable()).isTrue();
      }
    }
  }

  @Test
  void wraps_under_a_newer_version_as_soon_as_the_token_has_one() throws Exception {
    KekRef kek = new KekRef("hsm", "rotated");
    try (Kms kms = SoftHsm.started().open(Map.of("kek", "rotated"))) {
      WrappedKey old = await(kms.wrap(kek, new byte[32], CONTEXT));
      SoftHsm.started()
          .tool("--keygen", "--key-type", "AES:32", "--label", "rotated#2", "--sensitive");
      WrappedKey again = await(kms.rewrap(old, kek, CONTEXT));
      assertThat(old.kekVersion().id()).startsWith("1.");
      assertThat(again.kekVersion().id()).startsWith("2.");
      assertThat(await(kms.unwrap(old, CONTEXT))).isEqualTo(new byte[32]);
      assertThat(await(kms.unwrap(again, CONTEXT))).isEqualTo(new byte[32]);
    }
  }

  @Test
  void does_not_take_a_key_for_another_that_had_its_label() throws Exception {
    KekRef kek = new KekRef("hsm", "replaced");
    WrappedKey wrapped;
    try (Kms kms = SoftHsm.started().open(Map.of("kek", "replaced"))) {
      wrapped = await(kms.wrap(kek, new byte[32], CONTEXT));
    }
    SoftHsm.started().tool("--delete-object", "--type", "secrkey", "--label", "replaced");
    try (Kms kms = SoftHsm.started().open(Map.of("kek", "replaced"))) {
      assertThat(failure(kms.unwrap(wrapped, CONTEXT)))
          .isInstanceOf(KeyNotFoundException.class)
          .hasMessageContaining("restore its keys");
    }
  }

  @Test
  void opens_what_format_1_wrapped(@TempDir Path directory) throws Exception {
    byte[] kek = new byte[32];
    byte[] key = new byte[32];
    for (int i = 0; i < 32; i++) {
      kek[i] = (byte) (0x40 + i);
      key[i] = (byte) i;
    }
    Path file = Files.write(directory.resolve("kek"), kek);
    SoftHsm.started()
        .tool(
            "--write-object",
            file.toString(),
            "--type",
            "secrkey",
            "--key-type",
            "AES:32",
            "--label",
            "golden",
            "--usage-decrypt");
    KekVersion version = new KekVersion(new KekRef("hsm", "golden"), "1.66e4d382e00325db");
    WrappedKey golden = WrappedKey.of(version, HexFormat.of().parseHex(GOLDEN));
    try (Kms kms = open()) {
      assertThat(await(kms.describe(version.kek())).current()).isEqualTo(version);
      assertThat(await(kms.unwrap(golden, CONTEXT))).isEqualTo(key);
      assertThat(failure(kms.unwrap(golden, new WrapContext("south-clinic", "ENCRYPT", 7, 1))))
          .isInstanceOf(InvalidWrappedKeyException.class);
    }
  }
}
