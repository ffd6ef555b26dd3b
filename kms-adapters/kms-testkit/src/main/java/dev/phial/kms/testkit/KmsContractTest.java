package dev.phial.kms.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.phial.kms.InvalidWrappedKeyException;
import dev.phial.kms.KekDescription;
import dev.phial.kms.KekRef;
import dev.phial.kms.KekVersion;
import dev.phial.kms.KeyNotFoundException;
import dev.phial.kms.Kms;
import dev.phial.kms.KmsUnavailableException;
import dev.phial.kms.WrapContext;
import dev.phial.kms.WrappedKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every adapter passes. Extend it, give it a KMS, and add tests for what is the adapter's own. */
public abstract class KmsContractTest {
  private static final long LIMIT_SECONDS = 60;
  private static final WrapContext CONTEXT =
      new WrapContext("north-clinic", "ENCRYPT", 0x8000_0000_0000_0001L, 3);

  private Kms kms;

  protected KmsContractTest() {
    this.kms = new InMemoryKms();
  }

  /** A new KMS in which {@link #kek} exists and may be used. Closed by this class. */
  protected abstract Kms open() throws Exception;

  /** The KEK to use. */
  protected abstract KekRef kek();

  /** The port of loopback on which the service listens; empty when it is in this process or machine. */
  protected OptionalInt servicePort() {
    return OptionalInt.empty();
  }

  /** As {@link #open}, with the service at another port of loopback. Only where there is a {@link #servicePort}. */
  protected Kms openAt(int port) throws Exception {
    throw new UnsupportedOperationException("this KMS has no service at a port, such as " + port);
  }

  @BeforeEach
  final void openKms() throws Exception {
    kms = open();
  }

  @AfterEach
  final void closeKms() {
    kms.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {Kms.MIN_KEY_BYTES, 32, Kms.MAX_KEY_BYTES})
  void gives_back_the_key_that_was_wrapped(int length) throws Exception {
    WrappedKey wrapped = await(kms.wrap(kek(), key(length), CONTEXT));
    assertThat(await(kms.unwrap(wrapped, CONTEXT))).isEqualTo(key(length));
  }

  @Test
  void lets_the_caller_wipe_its_key_as_soon_as_wrap_returns() throws Exception {
    byte[] mine = key(32);
    CompletionStage<WrappedKey> wrapping = kms.wrap(kek(), mine, CONTEXT);
    Arrays.fill(mine, (byte) 0);
    assertThat(await(kms.unwrap(await(wrapping), CONTEXT))).isEqualTo(key(32));
  }

  @Test
  void wraps_the_same_key_differently_each_time() throws Exception {
    WrappedKey first = await(kms.wrap(kek(), key(32), CONTEXT));
    WrappedKey second = await(kms.wrap(kek(), key(32), CONTEXT));
    assertThat(first.bytes()).isNotEqualTo(second.bytes());
  }

  @Test
  void does_not_show_the_key_in_what_it_wraps_or_prints() throws Exception {
    WrappedKey wrapped = await(kms.wrap(kek(), key(32), CONTEXT));
    assertThat(new String(wrapped.bytes(), StandardCharsets.ISO_8859_1))
        .doesNotContain(new String(key(32), StandardCharsets.ISO_8859_1));
    assertThat(wrapped).hasToString("WrappedKey[" + wrapped.kekVersion() + "]");
  }

  @Test
  void names_the_kek_version_that_wrapped() throws Exception {
    WrappedKey wrapped = await(kms.wrap(kek(), key(32), CONTEXT));
    KekDescription description = await(kms.describe(kek()));
    assertThat(wrapped.kekVersion()).isEqualTo(description.current());
    assertThat(description.current().kek()).isEqualTo(kek());
    assertThat(description.enabled()).isTrue();
    assertThat(description.algorithm()).isNotBlank();
  }

  @Test
  void refuses_a_wrapped_key_under_any_other_context() throws Exception {
    WrappedKey wrapped = await(kms.wrap(kek(), key(32), CONTEXT));
    List<WrapContext> others = List.of(
        new WrapContext("south-clinic", "ENCRYPT", CONTEXT.keyset(), 3),
        new WrapContext("north-clini", "cENCRYPT", CONTEXT.keyset(), 3),
        new WrapContext("north-clinic", "TOKENIZE", CONTEXT.keyset(), 3),
        new WrapContext("north-clinic", "ENCRYPT", 1, 3),
        new WrapContext("north-clinic", "ENCRYPT", CONTEXT.keyset(), 4));
    for (WrapContext other : others) {
      refuses(wrapped, other);
    }
    assertThat(await(kms.unwrap(wrapped, CONTEXT))).isEqualTo(key(32));
  }

  @Test
  void refuses_wrapped_bytes_with_any_bit_changed() throws Exception {
    WrappedKey wrapped = await(kms.wrap(kek(), key(32), CONTEXT));
    for (int i = 0; i < wrapped.bytes().length; i++) {
      byte[] changed = wrapped.bytes();
      changed[i] ^= (byte) (1 << (i % Byte.SIZE));
      refuses(WrappedKey.of(wrapped.kekVersion(), changed), CONTEXT);
    }
  }

  /** Threat T15: an approved module throws a {@link java.lang.Error} for some short blobs. */
  @Test
  void refuses_wrapped_bytes_of_any_other_length_and_lives_on() throws Exception {
    WrappedKey wrapped = await(kms.wrap(kek(), key(32), CONTEXT));
    for (int length = 0; length < wrapped.bytes().length; length++) {
      refuses(WrappedKey.of(wrapped.kekVersion(), Arrays.copyOf(wrapped.bytes(), length)), CONTEXT);
    }
    for (int more : new int[] {1, 8, 16, 1 << 16}) {
      byte[] longer = Arrays.copyOf(wrapped.bytes(), wrapped.bytes().length + more);
      refuses(WrappedKey.of(wrapped.kekVersion(), longer), CONTEXT);
    }
    assertThat(await(kms.unwrap(wrapped, CONTEXT))).isEqualTo(key(32));
  }

  @Test
  void rewraps_for_the_same_context_only() throws Exception {
    WrappedKey wrapped = await(kms.wrap(kek(), key(32), CONTEXT));
    WrappedKey again = await(kms.rewrap(wrapped, kek(), CONTEXT));
    assertThat(again.bytes()).isNotEqualTo(wrapped.bytes());
    assertThat(again.kekVersion()).isEqualTo(await(kms.describe(kek())).current());
    assertThat(await(kms.unwrap(again, CONTEXT))).isEqualTo(key(32));
    assertThat(await(kms.unwrap(wrapped, CONTEXT))).isEqualTo(key(32));
    WrapContext other = new WrapContext("south-clinic", "ENCRYPT", CONTEXT.keyset(), 3);
    assertThat(failure(kms.rewrap(wrapped, kek(), other)))
        .isInstanceOf(InvalidWrappedKeyException.class);
    byte[] changed = wrapped.bytes();
    changed[changed.length - 1] ^= 1;
    assertThat(failure(kms.rewrap(WrappedKey.of(wrapped.kekVersion(), changed), kek(), CONTEXT)))
        .isInstanceOf(InvalidWrappedKeyException.class);
    assertThat(failure(kms.rewrap(wrapped, new KekRef(kek().kms(), "no-such-kek"), CONTEXT)))
        .isInstanceOf(KeyNotFoundException.class);
  }

  @Test
  void refuses_a_length_that_is_not_a_data_keys() {
    assertThatThrownBy(() -> await(kms.wrap(kek(), new byte[Kms.MIN_KEY_BYTES - 1], CONTEXT)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> await(kms.wrap(kek(), new byte[Kms.MAX_KEY_BYTES + 1], CONTEXT)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void says_that_an_unknown_kek_is_not_found() throws Exception {
    KekRef unknown = new KekRef(kek().kms(), "no-such-kek");
    assertThat(failure(kms.wrap(unknown, key(32), CONTEXT)))
        .isInstanceOf(KeyNotFoundException.class);
    assertThat(failure(kms.describe(unknown))).isInstanceOf(KeyNotFoundException.class);
    WrappedKey wrapped = await(kms.wrap(kek(), key(32), CONTEXT));
    WrappedKey orphan =
        WrappedKey.of(new KekVersion(unknown, wrapped.kekVersion().id()), wrapped.bytes());
    assertThat(failure(kms.unwrap(orphan, CONTEXT))).isInstanceOf(KeyNotFoundException.class);
  }

  @Test
  void serves_many_callers_at_once() throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(8);
    try {
      CompletableFuture<?>[] trips = IntStream.range(0, 200)
          .mapToObj(i -> CompletableFuture.runAsync(() -> roundTrip(i), callers))
          .toArray(CompletableFuture<?>[]::new);
      await(CompletableFuture.allOf(trips));
    } finally {
      callers.shutdownNow();
    }
  }

  @Test
  void is_unavailable_after_close_and_may_be_closed_twice() throws Exception {
    WrappedKey wrapped = await(kms.wrap(kek(), key(32), CONTEXT));
    kms.close();
    kms.close();
    assertThat(failure(kms.wrap(kek(), key(32), CONTEXT)))
        .isInstanceOf(KmsUnavailableException.class);
    assertThat(failure(kms.unwrap(wrapped, CONTEXT))).isInstanceOf(KmsUnavailableException.class);
    assertThat(failure(kms.rewrap(wrapped, kek(), CONTEXT)))
        .isInstanceOf(KmsUnavailableException.class);
    assertThat(failure(kms.describe(kek()))).isInstanceOf(KmsUnavailableException.class);
  }

  @Test
  void opens_while_its_service_is_away_and_serves_as_soon_as_it_is_back() throws Exception {
    OptionalInt service = servicePort();
    assumeTrue(service.isPresent(), "there is no line between this KMS and its service");
    try (CuttableLine line = CuttableLine.to(service.getAsInt())) {
      line.cut();
      try (Kms distant = openAt(line.port())) {
        isAway(distant.describe(kek()));
        isAway(distant.wrap(kek(), key(32), CONTEXT));
        line.mend();
        WrappedKey wrapped = await(distant.wrap(kek(), key(32), CONTEXT));
        assertThat(await(distant.unwrap(wrapped, CONTEXT))).isEqualTo(key(32));
        line.cut();
        isAway(distant.unwrap(wrapped, CONTEXT));
        line.mend();
        assertThat(await(distant.unwrap(wrapped, CONTEXT))).isEqualTo(key(32));
      }
    }
  }

  private static void isAway(CompletionStage<?> call) {
    assertThat(failure(call))
        .isInstanceOfSatisfying(
            KmsUnavailableException.class,
            failure -> assertThat(failure.retryable()).isTrue());
  }

  /** Waits for a stage, within a limit, and throws what it failed with. */
  protected static <T> T await(CompletionStage<T> stage) throws Exception {
    try {
      return stage.toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    } catch (TimeoutException e) {
      throw new AssertionError("the stage did not complete within " + LIMIT_SECONDS + " s", e);
    }
  }

  /** What a stage fails with. */
  protected static Throwable failure(CompletionStage<?> stage) {
    return catchThrowable(() -> await(stage));
  }

  private void refuses(WrappedKey wrapped, WrapContext context) {
    assertThat(failure(kms.unwrap(wrapped, context)))
        .isInstanceOf(InvalidWrappedKeyException.class);
  }

  private void roundTrip(int version) {
    try {
      WrapContext context = new WrapContext("north-clinic", "INDEX", 1, version + 1);
      WrappedKey wrapped = await(kms.wrap(kek(), key(32), context));
      assertThat(await(kms.unwrap(wrapped, context))).isEqualTo(key(32));
    } catch (Exception e) {
      throw new AssertionError("a round trip failed among others", e);
    }
  }

  private static byte[] key(int length) {
    byte[] key = new byte[length];
    for (int i = 0; i < length; i++) {
      key[i] = (byte) (i * 37 + 11);
    }
    return key;
  }
}
