package dev.phial.crypto.fpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fips.FipsModuleException;
import dev.phial.crypto.key.KeptKey;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnginesAgreeTest {
  private final FipsModule module = FipsModule.start();
  private final byte[] key = new byte[32];

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10, 16, 26, 36, 62, 64, 100, 255, 256})
  void on_random_batches_of_mixed_lengths_and_tweaks(int radix) {
    SplittableRandom random = new SplittableRandom(20261124 + radix);
    Ff1 composed = Ff1Engine.COMPOSED.under(module, key);
    Ff1 own = Ff1Engine.MODULE.under(module, key);
    for (int round = 0; round < 4; round++) {
      byte[][] plain = new byte[150][];
      byte[][] tweaks = new byte[150][];
      for (int i = 0; i < plain.length; i++) {
        int length = Ff1Domain.minLength(radix) + random.nextInt(round == 0 ? 1 : 40);
        plain[i] = numerals(random, radix, length);
        tweaks[i] = bytes(random, round == 1 ? 16 : random.nextInt(40));
      }
      byte[][] ours = copy(plain);
      byte[][] theirs = copy(plain);
      composed.encrypt(radix, ours, tweaks);
      own.encrypt(radix, theirs, tweaks);
      assertThat(ours).isDeepEqualTo(theirs);
      composed.decrypt(radix, ours, tweaks);
      own.decrypt(radix, theirs, tweaks);
      assertThat(ours).isDeepEqualTo(plain);
      assertThat(theirs).isDeepEqualTo(plain);
    }
  }

  @Test
  void and_batches_give_what_single_calls_give_when_tweaks_alternate() {
    SplittableRandom random = new SplittableRandom(7);
    Ff1 composed = Ff1Engine.COMPOSED.under(module, key);
    byte[][] tweaks = new byte[130][];
    byte[][] batch = new byte[130][];
    for (int i = 0; i < batch.length; i++) {
      batch[i] = numerals(random, 10, 9);
      tweaks[i] = new byte[16];
      tweaks[i][0] = (byte) (i / 3 % 2);
    }
    byte[][] singles = copy(batch);
    composed.encrypt(10, batch, tweaks);
    for (int i = 0; i < singles.length; i++) {
      composed.encrypt(10, new byte[][] {singles[i]}, new byte[][] {tweaks[i]});
    }
    assertThat(batch).isDeepEqualTo(singles);
  }

  @ParameterizedTest
  @EnumSource(Ff1Engine.class)
  void below_the_floor_nothing_is_enciphered(Ff1Engine engine) {
    Ff1 ff1 = engine.under(module, key);
    byte[][] batch = {new byte[9], new byte[5]};
    assertThatThrownBy(() -> ff1.encrypt(10, batch, new byte[2][0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("6");
    assertThat(batch[0]).containsOnly(0);
  }

  @ParameterizedTest
  @EnumSource(Ff1Engine.class)
  void a_key_of_no_AES_length_is_refused_with_an_exception_not_an_error(Ff1Engine engine) {
    assertThatThrownBy(() -> engine.under(module, new byte[15]))
        .isInstanceOf(FipsModuleException.class);
  }

  @Test
  void the_floor_is_where_the_standard_puts_it() {
    assertThat(Ff1Domain.minLength(2)).isEqualTo(20);
    assertThat(Ff1Domain.minLength(10)).isEqualTo(6);
    assertThat(Ff1Domain.minLength(26)).isEqualTo(5);
    assertThat(Ff1Domain.minLength(36)).isEqualTo(4);
    assertThat(Ff1Domain.minLength(62)).isEqualTo(4);
    assertThat(Ff1Domain.minLength(256)).isEqualTo(3);
  }

  @Test
  void a_loaded_key_is_checked_between_the_engines() {
    assertThat(Ff1Engine.COMPOSED.crossChecked(module, KeptKey.ofSample(key)))
        .isInstanceOf(ComposedFf1.class);
    assertThatThrownBy(() -> EngineAgreement.require(
            Ff1Engine.COMPOSED.under(module, key),
            Ff1Engine.MODULE.under(
                module,
                "another key of 32 bytes, really."
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII))))
        .isInstanceOf(FipsModuleException.class);
  }

  private static byte[] numerals(SplittableRandom random, int radix, int length) {
    byte[] numerals = new byte[length];
    for (int i = 0; i < length; i++) {
      // The edges, where carries and borrows happen, more often than chance would.
      int kind = random.nextInt(8);
      numerals[i] = (byte) (kind == 0 ? 0 : kind == 1 ? radix - 1 : random.nextInt(radix));
    }
    return numerals;
  }

  private static byte[] bytes(SplittableRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[][] copy(byte[][] from) {
    byte[][] copy = new byte[from.length][];
    for (int i = 0; i < from.length; i++) {
      copy[i] = from[i].clone();
    }
    return copy;
  }
}
