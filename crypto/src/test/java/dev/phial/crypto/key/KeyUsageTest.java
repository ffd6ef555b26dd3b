package dev.phial.crypto.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.envelope.Envelope;
import dev.phial.crypto.envelope.EnvelopeCipher;
import dev.phial.crypto.envelope.FrameSize;
import dev.phial.crypto.envelope.StreamCipher;
import dev.phial.crypto.envelope.StreamSealer;
import dev.phial.crypto.fips.FipsModule;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Threat T3, the part of one key: it never protects more than its limit. */
class KeyUsageTest {
  private static final DataContext CONTEXT = DataContext.of("north", "ssn");

  private final FipsModule module = FipsModule.start();
  private final EnvelopeCipher cipher = new EnvelopeCipher(module);

  private static DataKey key(long messages, long bytes) {
    return DataKey.of(new KeyId(7, 1), KeyPurpose.ENCRYPT, new byte[32], usage(messages, bytes));
  }

  private static KeyUsage usage(long messages, long bytes) {
    return new KeyUsage(new UsageLimit(messages, bytes));
  }

  @Test
  void T3_64_threads_that_try_100000_messages_get_1000_and_not_one_more() throws Exception {
    DataKey key = key(1_000, Long.MAX_VALUE);
    ExecutorService threads = Executors.newFixedThreadPool(64);
    try {
      List<Future<Integer>> running = new ArrayList<>();
      for (int t = 0; t < 64; t++) {
        running.add(threads.submit(() -> sealed(key, 100_000 / 64)));
      }
      int sum = 0;
      for (Future<Integer> some : running) {
        sum += some.get();
      }
      assertThat(sum).isBetween(1_000 - 1_000 / 64, 1_000);
      assertThat(key.usage().messages()).isEqualTo(sum);
    } finally {
      threads.shutdownNow();
    }
  }

  private int sealed(DataKey key, int times) {
    int sealed = 0;
    for (int i = 0; i < times; i++) {
      try {
        cipher.seal(key, CONTEXT, new byte[16]);
        sealed++;
      } catch (KeyUsedUpException e) {
        assertThat(e).hasMessageContaining("rotate the keyset");
      }
    }
    return sealed;
  }

  @Test
  void T3_bytes_are_limited_apart_from_messages() {
    DataKey key = key(Long.MAX_VALUE, 1_000);
    cipher.seal(key, CONTEXT, new byte[900]);
    assertThatThrownBy(() -> cipher.seal(key, CONTEXT, new byte[101]))
        .isInstanceOf(KeyUsedUpException.class)
        .hasMessage(
            "DataKey[ENCRYPT v1] has reached its limit in this process (9223372036854775807 messages"
                + " or 1000 bytes): rotate the keyset");
    cipher.seal(key, CONTEXT, new byte[100]);
    cipher.seal(key, CONTEXT, new byte[0]);
    assertThat(key.usage().bytes()).isEqualTo(1_000);
    assertThat(key.usage().messages()).isEqualTo(3);
  }

  @Test
  void T3_frames_of_a_stream_count() {
    DataKey key = key(Long.MAX_VALUE, 40_000);
    StreamSealer sealer = new StreamCipher(module).sealer(key, CONTEXT, FrameSize.KIB_16);
    assertThatThrownBy(() -> sealer.update(ByteBuffer.wrap(new byte[100_000]), frame -> {}))
        .isInstanceOf(KeyUsedUpException.class);
    sealer.close();
    assertThat(key.usage().bytes()).isEqualTo(2 * 16_384);
  }

  @Test
  void a_key_that_leaves_memory_and_comes_back_goes_on_counting() {
    KeyUsage usage = usage(3, 100);
    KeyId id = new KeyId(7, 1);
    for (int life = 0; life < 3; life++) {
      DataKey key = DataKey.of(id, KeyPurpose.ENCRYPT, new byte[32], usage);
      cipher.seal(key, CONTEXT, new byte[1]);
      key.retire();
    }
    DataKey last = DataKey.of(id, KeyPurpose.ENCRYPT, new byte[32], usage);
    assertThatThrownBy(() -> cipher.seal(last, CONTEXT, new byte[1]))
        .isInstanceOfSatisfying(KeyUsedUpException.class, used -> {
          assertThat(used.version()).isEqualTo(1);
          assertThat(used.purpose()).isEqualTo(KeyPurpose.ENCRYPT);
        });
  }

  @Test
  void a_key_that_is_used_up_still_opens() {
    DataKey key = key(1, 100);
    byte[] sealed = cipher.seal(key, CONTEXT, new byte[] {5});
    assertThatThrownBy(() -> cipher.seal(key, CONTEXT, new byte[1]))
        .isInstanceOf(KeyUsedUpException.class);
    assertThat(cipher.open(key, CONTEXT, Envelope.parse(sealed))).containsExactly(5);
  }

  @Test
  void seven_eighths_are_nearly_used_up() {
    KeyUsage usage = usage(80, 800);
    assertThat(usage.take(69, 0)).isTrue();
    assertThat(usage.nearlyUsedUp()).isFalse();
    assertThat(usage.take(1, 0)).isTrue();
    assertThat(usage.nearlyUsedUp()).isTrue();
    KeyUsage bytes = usage(80, 800);
    assertThat(bytes.take(1, 700)).isTrue();
    assertThat(bytes.nearlyUsedUp()).isTrue();
  }

  @Test
  void what_was_refused_is_not_counted() {
    KeyUsage usage = usage(10, 10);
    assertThat(usage.take(1, 11)).isFalse();
    assertThat(usage.take(11, 0)).isFalse();
    assertThat(usage.take(10, 10)).isTrue();
    assertThat(usage.share()).isEqualTo(1.0);
    assertThat(usage.messages()).isEqualTo(10);
    assertThat(usage.bytes()).isEqualTo(10);
  }

  @Test
  void keys_of_tokens_and_digests_are_counted_without_a_limit() {
    assertThat(UsageLimit.of(KeyPurpose.TOKENIZE)).isEqualTo(UsageLimit.NONE);
    assertThat(UsageLimit.of(KeyPurpose.INDEX)).isEqualTo(UsageLimit.NONE);
    assertThat(UsageLimit.of(KeyPurpose.ENCRYPT)).isEqualTo(UsageLimit.DEFAULT);
    assertThat(UsageLimit.DEFAULT).isEqualTo(new UsageLimit(16_777_216, 68_719_476_736L));
  }
}
