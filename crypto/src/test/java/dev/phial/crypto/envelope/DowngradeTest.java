package dev.phial.crypto.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.fips.AesGcm;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.testing.Keys;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Threat T19, as far as it concerns sealed data: nobody talks us into something weaker. */
class DowngradeTest {
  private static final DataContext CONTEXT = DataContext.of("north", "note");
  private static final byte[] PLAINTEXT = new byte[40];

  private final DataKey key = Keys.encrypt();

  @ParameterizedTest
  @EnumSource(SealedForm.class)
  void T19_every_other_format_and_suite_id_is_refused(SealedForm form) {
    byte[] sealed = form.seal(key, CONTEXT, PLAINTEXT);
    for (int at : new int[] {Layout.FORMAT_AT, Layout.SUITE_AT}) {
      for (int id = 0; id < 256; id++) {
        byte[] changed = sealed.clone();
        changed[at] = (byte) id;
        assertThat(form.opens(key, CONTEXT, changed)).isEqualTo(id == sealed[at]);
      }
    }
  }

  /** A tag of 96 bits is one of 128 without its end. */
  @ParameterizedTest
  @EnumSource(SealedForm.class)
  void T19_shorter_tags_are_refused(SealedForm form) {
    byte[] sealed = form.seal(key, CONTEXT, PLAINTEXT);
    for (int tag : new int[] {0, 4, 8, 12, 13, 14, 15}) {
      assertThat(form.opens(key, CONTEXT, Arrays.copyOf(sealed, sealed.length - 16 + tag)))
          .isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(SealedForm.class)
  void T19_a_key_version_below_one_is_refused(SealedForm form) {
    byte[] sealed = form.seal(key, CONTEXT, PLAINTEXT);
    for (int version : new int[] {0, -1, Integer.MIN_VALUE}) {
      byte[] changed = sealed.clone();
      ByteBuffer.wrap(changed).putInt(Layout.VERSION_AT, version);
      assertThat(form.opens(key, CONTEXT, changed)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8, 11, 13, 16})
  void T19_IVs_of_another_length_than_96_bits_are_refused(int length) {
    AesGcm gcm = new AesGcm(FipsModule.start());
    byte[] iv = new byte[length];
    assertThatThrownBy(() -> gcm.seal(new byte[32], iv, new byte[0], PLAINTEXT, new byte[56], 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> gcm.open(
            new byte[32], iv, new byte[0], ByteBuffer.allocate(56), ByteBuffer.allocate(56)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 24})
  void T19_keys_of_another_length_than_256_bits_are_refused(int length) {
    AesGcm gcm = new AesGcm(FipsModule.start());
    assertThatThrownBy(
            () -> gcm.seal(new byte[length], new byte[12], new byte[0], PLAINTEXT, new byte[56], 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void T19_the_one_tag_length_is_checked_whole() {
    AesGcm gcm = new AesGcm(FipsModule.start());
    byte[] out = new byte[56];
    gcm.seal(new byte[32], new byte[12], new byte[0], PLAINTEXT, out, 0);
    for (int bit = 40 * 8; bit < out.length * 8; bit++) {
      byte[] changed = out.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> gcm.open(new byte[32], new byte[12], new byte[0], changed, 0))
          .isInstanceOf(AEADBadTagException.class);
    }
  }
}
