package dev.phial.crypto.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.deid.DateShift;
import dev.phial.crypto.deid.KeyedHash;
import dev.phial.crypto.envelope.Envelope;
import dev.phial.crypto.envelope.EnvelopeCipher;
import dev.phial.crypto.envelope.StreamCipher;
import dev.phial.crypto.envelope.StreamSealer;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fpe.Ff1Engine;
import dev.phial.crypto.index.BlindIndex;
import dev.phial.crypto.pool.Pool;
import dev.phial.crypto.portable.PortableKey;
import dev.phial.crypto.testing.Keys;
import dev.phial.crypto.token.ElementTokenizer;
import dev.phial.crypto.token.Marking;
import dev.phial.crypto.token.TokenFormat;
import dev.phial.crypto.token.TokenInput;
import dev.phial.crypto.token.TokenizerFactory;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is derived from a data key goes when it goes, and a key goes when nobody needs it any more. */
class KeptKeyTest {
  private static final KeyAccess ACCESS = KeyAccess.toKeyMaterial();
  private static final DataContext CONTEXT = DataContext.of("north", "ssn");

  private final FipsModule module = FipsModule.start();

  @Test
  void derived_bytes_and_the_pools_made_of_them_are_wiped_with_the_data_key() {
    DataKey key = Keys.encrypt();
    KeptKey kept = KeptKey.of(key, new byte[] {1, 2, 3});
    AtomicInteger wiped = new AtomicInteger();
    Pool<byte[]> pool = kept.pool(ACCESS, byte[]::clone, lane -> wiped.incrementAndGet());
    byte[] borrowed = pool.borrow();
    byte[] second = pool.borrow();
    pool.giveBack(second);

    key.destroy();

    assertThat(wiped).hasValue(1);
    assertThat(borrowed).as("who is at work finishes").containsExactly(1, 2, 3);
    pool.giveBack(borrowed);
    assertThat(wiped).hasValue(2);
    assertThatThrownBy(pool::borrow).isInstanceOf(KeyDestroyedException.class);
    assertThatThrownBy(() -> kept.use(ACCESS, bytes -> bytes[0]))
        .isInstanceOf(KeyDestroyedException.class);
  }

  @Test
  void nothing_is_derived_from_a_destroyed_key() {
    DataKey key = Keys.encrypt();
    key.destroy();
    assertThatThrownBy(() -> KeptKey.of(key, new byte[32]))
        .isInstanceOf(KeyDestroyedException.class);
  }

  @ParameterizedTest
  @EnumSource(Ff1Engine.class)
  void tokenizers_index_hashes_shifts_and_exports_end_with_their_data_key(Ff1Engine engine) {
    DataKey tokens = Keys.tokenize();
    DataKey index = Keys.index();
    DataKey encrypt = Keys.encrypt();
    ElementTokenizer tokenizer = new TokenizerFactory(module, engine)
        .tokenizer(
            tokens, "north", "mrn", TokenFormat.parse("digits:9", Marking.PLAIN), Marking.PLAIN);
    List<TokenInput> value = List.of(new TokenInput("123456789", Map.of()));
    DateShift shift = DateShift.of(module, tokens, "north", "dates");
    KeyedHash hash = KeyedHash.of(module, tokens, "north", "mrn");
    BlindIndex digests = BlindIndex.of(module, index, "north", "ssn");
    PortableKey portable = PortableKey.of(module, encrypt, "north", "ssn");
    List<ThrowingCallable> uses = List.of(
        () -> tokenizer.tokenize(value),
        () -> tokenizer.detokenize(value),
        () -> shift.amount(Map.of("patient", "1"), 365),
        () -> hash.hash(new byte[1]),
        () -> digests.digest(new byte[1]),
        () -> portable.export(ACCESS));
    uses.forEach(KeptKeyTest::succeeds);

    List.of(tokens, index, encrypt).forEach(DataKey::destroy);

    assertThat(uses)
        .allSatisfy(use -> assertThatThrownBy(use).isInstanceOf(KeyDestroyedException.class));
  }

  private static void succeeds(ThrowingCallable use) {
    try {
      use.call();
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_retired_key_goes_with_its_last_hold() {
    DataKey key = Keys.encrypt();
    KeyHold one = key.hold();
    KeyHold other = key.hold();
    key.retire();
    assertThat(key.isDestroyed()).isFalse();
    assertThatThrownBy(key::hold).isInstanceOf(KeyDestroyedException.class);
    one.close();
    one.close();
    assertThat(key.isDestroyed()).isFalse();
    other.close();
    assertThat(key.isDestroyed()).isTrue();
  }

  @Test
  void a_key_that_nobody_holds_retires_at_once_and_a_destroyed_one_cannot_be_held() {
    DataKey key = Keys.encrypt();
    key.hold().close();
    key.retire();
    assertThat(key.isDestroyed()).isTrue();
    DataKey destroyed = Keys.encrypt();
    destroyed.destroy();
    assertThatThrownBy(destroyed::hold).isInstanceOf(KeyDestroyedException.class);
  }

  @Test
  void a_stream_under_way_outlives_the_retirement_and_not_the_destruction() {
    DataKey key = Keys.encrypt();
    StreamSealer first = new StreamCipher(module).sealer(key, CONTEXT);
    StreamSealer second = new StreamCipher(module).sealer(key, CONTEXT);
    key.retire();
    first.update(ByteBuffer.allocate(100_000), frame -> {});
    first.finish(frame -> {});
    assertThat(key.isDestroyed()).isFalse();
    second.close();
    assertThat(key.isDestroyed()).isTrue();

    DataKey revoked = Keys.encrypt();
    StreamSealer stopped = new StreamCipher(module).sealer(revoked, CONTEXT);
    revoked.destroy();
    assertThatThrownBy(() -> stopped.finish(frame -> {})).isInstanceOf(KeyDestroyedException.class);
  }

  /** The harm would be a message under zeros: every message made while the key went opens with the key that it was. */
  @Test
  void messages_sealed_while_the_key_is_destroyed_are_sealed_under_the_key() throws Exception {
    EnvelopeCipher cipher = new EnvelopeCipher(module);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 50; round++) {
        DataKey key = Keys.encrypt();
        CountDownLatch begun = new CountDownLatch(4);
        List<Future<List<byte[]>>> running = IntStream.range(0, 4)
            .mapToObj(t -> threads.submit(() -> sealUntilDestroyed(cipher, key, begun)))
            .toList();
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
        key.destroy();
        for (Future<List<byte[]>> some : running) {
          for (byte[] sealed : some.get()) {
            assertThat(cipher.open(Keys.encrypt(), CONTEXT, Envelope.parse(sealed)))
                .hasSize(3);
          }
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<byte[]> sealUntilDestroyed(
      EnvelopeCipher cipher, DataKey key, CountDownLatch begun) {
    ArrayDeque<byte[]> last = new ArrayDeque<>();
    try {
      while (true) {
        last.addLast(cipher.seal(key, CONTEXT, new byte[3]));
        if (last.size() > 20) {
          last.removeFirst();
        }
        begun.countDown();
      }
    } catch (KeyDestroyedException e) {
      return List.copyOf(last);
    }
  }
}
