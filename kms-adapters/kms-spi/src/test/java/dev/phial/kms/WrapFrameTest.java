package dev.phial.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class WrapFrameTest {
  private static final KekVersion VERSION = new KekVersion(new KekRef("aws", "alias/a"), "arn:1");

  /** Written by the first version; opens for ever. */
  private static final String GOLDEN = "01" + "0badc0de" + "98850315f7530a53";

  private static WrappedKey wrapped(byte[] frame) {
    return WrappedKey.of(VERSION, frame);
  }

  @Test
  void is_format_1_and_stays_it() {
    byte[] blob = HexFormat.of().parseHex("0badc0de");
    assertThat(HexFormat.of().formatHex(WrapFrame.around(blob))).isEqualTo(GOLDEN);
    assertThat(WrapFrame.open(wrapped(HexFormat.of().parseHex(GOLDEN)))).isEqualTo(blob);
  }

  @Test
  void notices_every_changed_bit_and_every_other_length() {
    byte[] frame = WrapFrame.around(new byte[40]);
    for (int bit = 0; bit < frame.length * Byte.SIZE; bit++) {
      byte[] changed = frame.clone();
      changed[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
      refuses(changed);
    }
    for (int length = 0; length < frame.length + 20; length++) {
      if (length != frame.length) {
        refuses(Arrays.copyOf(frame, length));
      }
    }
  }

  private static void refuses(byte[] frame) {
    assertThatThrownBy(() -> WrapFrame.open(wrapped(frame)))
        .isInstanceOf(InvalidWrappedKeyException.class)
        .hasMessageContaining("aws/alias/a#arn:1");
  }
}
