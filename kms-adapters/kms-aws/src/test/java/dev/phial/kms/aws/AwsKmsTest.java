package dev.phial.kms.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.InvalidWrappedKeyException;
import dev.phial.kms.KekRef;
import dev.phial.kms.KekVersion;
import dev.phial.kms.KeyNotFoundException;
import dev.phial.kms.Kms;
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
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;

class AwsKmsTest extends KmsContractTest {
  private static final WrapContext CONTEXT = new WrapContext("north-clinic", "ENCRYPT", 7, 1);
  private static @Nullable Moto moto;
  private static String keyId = "";

  @BeforeAll
  static void startServer(@TempDir Path directory) {
    Moto started = Moto.start(directory);
    moto = started;
    keyId = started.newKey();
    started.administrator().createAlias(r -> r.aliasName("alias/phial").targetKeyId(keyId));
  }

  @AfterAll
  static void stopServer() {
    if (moto != null) {
      moto.close();
    }
  }

  private static Moto moto() {
    return Objects.requireNonNull(moto);
  }

  private static KmsClient administrator() {
    return moto().administrator();
  }

  @Override
  protected Kms open() {
    return openAt(moto().port());
  }

  @Override
  protected OptionalInt servicePort() {
    return OptionalInt.of(moto().port());
  }

  @Override
  protected Kms openAt(int port) {
    return moto().open(port);
  }

  @Override
  protected KekRef kek() {
    return new KekRef("aws", "alias/phial");
  }

  @Test
  void names_a_key_by_id_arn_or_alias_and_records_the_arn() throws Exception {
    String arn = administrator().describeKey(r -> r.keyId(keyId)).keyMetadata().arn();
    try (Kms kms = open()) {
      for (String name : new String[] {keyId, arn, "alias/phial"}) {
        WrappedKey wrapped = await(kms.wrap(new KekRef("aws", name), new byte[32], CONTEXT));
        assertThat(wrapped.kekVersion().id()).startsWith(arn);
        assertThat(await(kms.unwrap(wrapped, CONTEXT))).isEqualTo(new byte[32]);
      }
    }
  }

  @Test
  void opens_what_it_wrapped_after_the_alias_moved_to_another_key() throws Exception {
    String first = moto().newKey();
    administrator().createAlias(r -> r.aliasName("alias/moving").targetKeyId(first));
    KekRef kek = new KekRef("aws", "alias/moving");
    try (Kms kms = open()) {
      WrappedKey wrapped = await(kms.wrap(kek, new byte[32], CONTEXT));
      String second = moto().newKey();
      administrator().updateAlias(r -> r.aliasName("alias/moving").targetKeyId(second));
      assertThat(await(kms.describe(kek)).current()).isNotEqualTo(wrapped.kekVersion());
      assertThat(await(kms.unwrap(wrapped, CONTEXT))).isEqualTo(new byte[32]);
      WrappedKey again = await(kms.rewrap(wrapped, kek, CONTEXT));
      assertThat(again.kekVersion().id()).contains(second);
      administrator().deleteAlias(r -> r.aliasName("alias/moving"));
      assertThat(await(kms.unwrap(again, CONTEXT))).isEqualTo(new byte[32]);
    }
  }

  @Test
  void opens_what_it_wrapped_before_a_rotation() throws Exception {
    String key = moto().newKey();
    try (Kms kms = open()) {
      WrappedKey wrapped = await(kms.wrap(new KekRef("aws", key), new byte[32], CONTEXT));
      administrator().rotateKeyOnDemand(r -> r.keyId(key));
      assertThat(await(kms.unwrap(wrapped, CONTEXT))).isEqualTo(new byte[32]);
    }
  }

  @Test
  void does_not_wrap_under_a_key_that_is_disabled_though_the_service_would() throws Exception {
    String key = moto().newKey();
    KekRef kek = new KekRef("aws", key);
    administrator().disableKey(r -> r.keyId(key));
    try (Kms kms = open()) {
      assertThat(failure(kms.wrap(kek, new byte[32], CONTEXT)))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("is Disabled; enable it");
      assertThat(await(kms.describe(kek)).enabled()).isFalse();
      administrator().enableKey(r -> r.keyId(key));
      assertThat(await(kms.wrap(kek, new byte[32], CONTEXT)).kekVersion().kek()).isEqualTo(kek);
    }
  }

  @Test
  void does_not_wrap_under_a_key_that_will_be_deleted() throws Exception {
    String key = moto().newKey();
    administrator().scheduleKeyDeletion(r -> r.keyId(key).pendingWindowInDays(7));
    try (Kms kms = open()) {
      assertThat(failure(kms.wrap(new KekRef("aws", key), new byte[32], CONTEXT)))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("PendingDeletion");
    }
  }

  /** AWS says IncorrectKeyException, the emulator AccessDeniedException. */
  @Test
  void refuses_what_another_key_of_the_account_wrapped() throws Exception {
    KekRef mine = new KekRef("aws", moto().newKey());
    try (Kms kms = open()) {
      WrappedKey theirs = await(kms.wrap(kek(), new byte[32], CONTEXT));
      KekVersion version = await(kms.describe(mine)).current();
      assertThat(failure(kms.unwrap(WrappedKey.of(version, theirs.bytes()), CONTEXT)))
          .isInstanceOfAny(InvalidWrappedKeyException.class, AccessDeniedException.class);
    }
  }

  @Test
  void does_not_find_a_version_whose_name_and_arn_disagree() throws Exception {
    try (Kms kms = open()) {
      WrappedKey wrapped = await(kms.wrap(kek(), new byte[32], CONTEXT));
      KekVersion forged = new KekVersion(
          new KekRef("aws", moto().newKey()), wrapped.kekVersion().id());
      assertThat(failure(kms.unwrap(WrappedKey.of(forged, wrapped.bytes()), CONTEXT)))
          .isInstanceOf(KeyNotFoundException.class);
    }
  }

  /** The frame's check is no secret: who changes the blob can mend it, and meets the service then. */
  @Test
  void leaves_a_well_framed_forgery_to_the_service() throws Exception {
    try (Kms kms = open()) {
      WrappedKey wrapped = await(kms.wrap(kek(), new byte[32], CONTEXT));
      byte[] blob = WrapFrame.open(wrapped);
      blob[blob.length - 1] ^= 1;
      assertThat(failure(
              kms.unwrap(WrappedKey.of(wrapped.kekVersion(), WrapFrame.around(blob)), CONTEXT)))
          .isInstanceOf(InvalidWrappedKeyException.class)
          .hasMessageContaining("InvalidCiphertextException");
    }
  }

  @Test
  void sets_the_wrap_context_as_encryption_context() throws Exception {
    try (Kms kms = open()) {
      byte[] blob = WrapFrame.open(await(kms.wrap(kek(), new byte[32], CONTEXT)));
      Map<String, String> context = Map.of(
          "phial:tenant", "north-clinic",
          "phial:purpose", "ENCRYPT",
          "phial:keyset", "0000000000000007",
          "phial:version", "1");
      assertThat(administrator()
              .decrypt(r -> r.keyId(keyId)
                  .ciphertextBlob(SdkBytes.fromByteArray(blob))
                  .encryptionContext(context))
              .plaintext()
              .asByteArray())
          .isEqualTo(new byte[32]);
    }
  }
}
