package dev.phial.kms.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.kms.KekRef;
import dev.phial.kms.Kms;
import dev.phial.kms.KmsException;
import dev.phial.kms.KmsUnavailableException;
import dev.phial.kms.WrapContext;
import dev.phial.kms.WrappedKey;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A healthy decorator is a KMS like any other; a faulty one does what it was told. */
class FaultInjectingKmsTest extends KmsContractTest {
  private static final KekRef KEK = new KekRef("memory", "default");
  private static final WrapContext CONTEXT = new WrapContext("north-clinic", "ENCRYPT", 1, 1);
  private final byte[] key = new byte[32];

  @Override
  protected Kms open() {
    return new FaultInjectingKms(InMemoryKms.with(KEK));
  }

  @Override
  protected KekRef kek() {
    return KEK;
  }

  @Test
  void is_unavailable_until_healed() throws Exception {
    FaultInjectingKms kms = new FaultInjectingKms(InMemoryKms.with(KEK));
    kms.breakDown();
    assertThat(failure(kms.wrap(KEK, key, CONTEXT)))
        .isInstanceOfSatisfying(
            KmsUnavailableException.class, e -> assertThat(e.retryable()).isTrue());
    assertThat(failure(kms.describe(KEK))).isInstanceOf(KmsException.class);
    kms.heal();
    assertThat(await(kms.wrap(KEK, key, CONTEXT))).isNotNull();
  }

  @Test
  void stalls_until_healed() throws Exception {
    FaultInjectingKms kms = new FaultInjectingKms(InMemoryKms.with(KEK));
    kms.stall();
    CompletableFuture<WrappedKey> wrapping = kms.wrap(KEK, key, CONTEXT).toCompletableFuture();
    assertThat(wrapping).isNotDone();
    kms.heal();
    assertThat(await(wrapping)).isNotNull();
    assertThat(kms.wraps()).isEqualTo(1);
  }

  @Test
  void gives_a_wrong_key_without_a_word() throws Exception {
    FaultInjectingKms kms = new FaultInjectingKms(InMemoryKms.with(KEK));
    WrappedKey wrapped = await(kms.wrap(KEK, key, CONTEXT));
    kms.lie();
    assertThat(await(kms.unwrap(wrapped, CONTEXT))).hasSize(32).isNotEqualTo(key);
  }
}
