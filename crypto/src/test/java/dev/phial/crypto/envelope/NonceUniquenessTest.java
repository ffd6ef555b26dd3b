package dev.phial.crypto.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fips.FipsModuleException;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.testing.Keys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
import java.util.function.Consumer;
import java.util.function.LongSupplier;
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

  private static final FipsModule MODULE = FipsModule.start();
  private static final int CLONED = 10_000;

  /**
   * What a restored snapshot or a cloned machine is to the process: all that was random says the same again, up to the
   * kernel, where {@code kernel} decides.
   */
  private static Nonces copied(Consumer<byte[]> kernel, LongSupplier moment) {
    return new Nonces(new CopiedGenerator(), kernel, new Hedge(MODULE, new byte[32], moment));
  }

  private static void copiedKernel(byte[] bytes) {
    Arrays.fill(bytes, (byte) 7);
  }

  @Test
  void no_nonce_of_a_long_message_or_a_stream_repeats_in_a_copy_of_the_memory() {
    Set<ByteBuffer> nonces = new HashSet<>();
    for (int clone = 0; clone < 2; clone++) {
      Nonces copied = copied(KernelRandom.open()::fill, () -> 0);
      for (int i = 0; i < CLONED; i++) {
        byte[] header = new byte[Layout.OVERHEAD];
        copied.writeTo(header);
        nonces.add(nonceOf(header));
        copied.writeTo(header, new byte[0], new byte[Hedge.MOST + 1]);
        nonces.add(nonceOf(header));
      }
    }
    assertThat(nonces).hasSize(4 * CLONED);
  }

  @Test
  void no_nonce_of_a_short_message_repeats_in_a_copy_of_memory_and_kernel() {
    Set<ByteBuffer> nonces = new HashSet<>();
    for (int clone = 0; clone < 2; clone++) {
      Nonces copied = copied(NonceUniquenessTest::copiedKernel, System::nanoTime);
      for (int i = 0; i < CLONED; i++) {
        nonces.add(nonce(copied, "context", "the same message"));
      }
    }
    assertThat(nonces).as("each at its own moment").hasSize(2 * CLONED);
  }

  @Test
  void different_short_messages_have_different_nonces_even_at_one_moment_of_two_copies() {
    List<List<String>> messages = List.of(
        List.of("context", "message"),
        List.of("context", "messagf"),
        List.of("contexu", "message"),
        List.of("contextm", "essage"),
        List.of("context", "message\0"),
        List.of("", "contextmessage"),
        List.of("contextmessage", ""),
        List.of("context", "m".repeat(100)),
        List.of("context", "m".repeat(101)));
    Set<ByteBuffer> nonces = new HashSet<>();
    for (List<String> message : messages) {
      nonces.add(nonce(
          copied(NonceUniquenessTest::copiedKernel, () -> 5), message.get(0), message.get(1)));
    }
    assertThat(nonces).hasSize(messages.size());
    assertThat(nonces)
        .as("a message that repeats wholly gives nothing away but that")
        .contains(nonce(copied(NonceUniquenessTest::copiedKernel, () -> 5), "context", "message"));
  }

  @Test
  void every_byte_of_a_short_message_counts_whatever_its_length() {
    for (int length = 1; length <= Hedge.MOST; length++) {
      Set<ByteBuffer> nonces = new HashSet<>();
      for (int changed = 0; changed < length; changed++) {
        byte[] plaintext = new byte[length];
        plaintext[changed] = 1;
        byte[] message = new byte[Layout.OVERHEAD];
        copied(NonceUniquenessTest::copiedKernel, () -> 5).writeTo(message, new byte[0], plaintext);
        nonces.add(nonceOf(message));
      }
      assertThat(nonces).hasSize(length);
    }
  }

  private static ByteBuffer nonce(Nonces nonces, String associated, String plaintext) {
    byte[] message = new byte[Layout.OVERHEAD];
    nonces.writeTo(
        message,
        associated.getBytes(StandardCharsets.US_ASCII),
        plaintext.getBytes(StandardCharsets.US_ASCII));
    return nonceOf(message);
  }

  /** Threat T17: entropy that fails comes as an Error from the module, and leaves as an exception. */
  @Test
  void T17_a_generator_that_gives_nothing_is_an_exception_and_no_nonce() {
    Nonces nonces =
        new Nonces(new BrokenGenerator(), KernelRandom.open()::fill, Hedge.under(MODULE));
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
