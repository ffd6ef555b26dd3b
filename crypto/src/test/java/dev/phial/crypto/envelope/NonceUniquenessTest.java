package dev.phial.crypto.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fips.FipsModuleException;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.testing.Keys;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Threats T1 and T2. */
class NonceUniquenessTest {
  private static final int THREADS = 8;
  private static final int EACH = 20_000;

  @Test
  void no_nonce_repeats_over_threads() throws InterruptedException, ExecutionException {
    EnvelopeCipher cipher = new EnvelopeCipher(FipsModule.start());
    DataKey key = Keys.encrypt();
    Set<ByteBuffer> nonces = ConcurrentHashMap.newKeySet();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        running.add(threads.submit(() -> collect(cipher, key, nonces)));
      }
      for (Future<?> future : running) {
        future.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(nonces).hasSize(THREADS * EACH);
  }

  private static void collect(EnvelopeCipher cipher, DataKey key, Set<ByteBuffer> nonces) {
    DataContext context = DataContext.of("north", "ssn");
    byte[] plaintext = {1, 2, 3};
    for (int i = 0; i < EACH; i++) {
      nonces.add(nonceOf(cipher.seal(key, context, plaintext)));
    }
  }

  @Test
  void no_nonce_repeats_when_the_generators_memory_was_copied() {
    // What a restored snapshot or a cloned machine is to the process: the approved generator says
    // the same again.
    Set<ByteBuffer> nonces = new HashSet<>();
    for (int clone = 0; clone < 2; clone++) {
      Nonces copied = new Nonces(new CopiedGenerator(), KernelRandom.open());
      for (int i = 0; i < 10_000; i++) {
        byte[] envelope = new byte[Layout.OVERHEAD];
        copied.writeTo(envelope);
        nonces.add(nonceOf(envelope));
      }
    }
    assertThat(nonces).hasSize(20_000);
  }

  @Test
  void T2_nor_when_the_nonces_of_a_batch_come_of_one_call_to_the_kernel() {
    Set<ByteBuffer> nonces = new HashSet<>();
    for (int clone = 0; clone < 2; clone++) {
      Nonces copied = new Nonces(new CopiedGenerator(), KernelRandom.open());
      byte[][] batch = new byte[3 * Nonces.AT_ONCE + 7][Layout.OVERHEAD];
      copied.writeTo(batch);
      Arrays.stream(batch).map(NonceUniquenessTest::nonceOf).forEach(nonces::add);
    }
    assertThat(nonces).hasSize(2 * (3 * Nonces.AT_ONCE + 7));
  }

  /** Threat T17: entropy that fails comes as an Error from the module, and leaves as an exception. */
  @Test
  void T17_a_generator_that_gives_nothing_is_an_exception_and_no_nonce() {
    Nonces nonces = new Nonces(new BrokenGenerator(), KernelRandom.open());
    byte[] envelope = new byte[Layout.OVERHEAD];
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(() -> nonces.writeTo(envelope))
          .isInstanceOf(FipsModuleException.class)
          .hasMessageContaining("entropy");
    }
    assertThat(envelope).containsOnly(0);
  }

  private static ByteBuffer nonceOf(byte[] envelope) {
    return ByteBuffer.wrap(
        Arrays.copyOfRange(envelope, Layout.NONCE_AT, Layout.NONCE_AT + Layout.NONCE_LENGTH));
  }

  private static final class CopiedGenerator extends SecureRandom {
    private static final long serialVersionUID = 1L;

    @Override
    public void nextBytes(byte[] bytes) {
      Arrays.fill(bytes, (byte) 42);
    }
  }

  private static final class BrokenGenerator extends SecureRandom {
    private static final long serialVersionUID = 1L;

    @Override
    public void nextBytes(byte[] bytes) {
      throw new AssertionError("unable to obtain entropy");
    }
  }
}
