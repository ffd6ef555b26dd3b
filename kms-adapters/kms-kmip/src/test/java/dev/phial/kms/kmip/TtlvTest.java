package dev.phial.kms.kmip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class TtlvTest {

  private static String hex(Ttlv item) {
    return HexFormat.of().formatHex(item.encoded());
  }

  /** The examples of KMIP 1.4, section 9.1.2. */
  @Test
  void writes_the_examples_of_the_specification() {
    assertThat(hex(Ttlv.integer(0x420020, 8))).isEqualTo("42002002000000040000000800000000");
    assertThat(hex(Ttlv.enumeration(0x420020, 255))).isEqualTo("4200200500000004000000ff00000000");
    assertThat(hex(Ttlv.text(0x420020, "Hello World")))
        .isEqualTo("420020070000000b48656c6c6f20576f726c640000000000");
    assertThat(hex(Ttlv.bytes(0x420020, new byte[] {1, 2, 3})))
        .isEqualTo("42002008000000030102030000000000");
    assertThat(hex(
            Ttlv.structure(0x420020, Ttlv.enumeration(0x420004, 254), Ttlv.integer(0x420005, 255))))
        .isEqualTo(
            "42002001000000204200040500000004000000fe000000004200050200000004000000ff00000000");
  }

  @Test
  void reads_what_it_writes() {
    Ttlv read = Ttlv.parse(Ttlv.structure(
            Tag.BATCH_ITEM,
            Ttlv.structure(Tag.RESPONSE_PAYLOAD, Ttlv.text(Tag.UNIQUE_IDENTIFIER, "1")),
            Ttlv.bytes(Tag.DATA, new byte[13]),
            Ttlv.text(Tag.UNIQUE_IDENTIFIER, "2"))
        .encoded());
    assertThat(read.find(Tag.RESPONSE_PAYLOAD)
            .flatMap(payload -> payload.find(Tag.UNIQUE_IDENTIFIER))
            .map(Ttlv::text))
        .contains("1");
    assertThat(read.find(Tag.DATA).map(Ttlv::bytes)).contains(new byte[13]);
    assertThat(read.all(Tag.UNIQUE_IDENTIFIER)).hasSize(1);
    assertThat(read.find(Tag.IV)).isEmpty();
  }

  @Test
  void refuses_every_message_that_was_cut_short_or_made_longer() {
    byte[] message = Ttlv.structure(
            Tag.BATCH_ITEM, Ttlv.text(Tag.UNIQUE_IDENTIFIER, "123456789"), Ttlv.integer(Tag.IV, 1))
        .encoded();
    for (int length = 0; length < message.length + 20; length++) {
      if (length != message.length) {
        byte[] other = Arrays.copyOf(message, length);
        assertThatThrownBy(() -> Ttlv.parse(other)).isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void lives_on_after_any_bytes() {
    byte[] message = Ttlv.structure(
            Tag.BATCH_ITEM, Ttlv.structure(Tag.ATTRIBUTE, Ttlv.bytes(Tag.DATA, new byte[40])))
        .encoded();
    int refused = 0;
    for (int bit = 0; bit < message.length * Byte.SIZE; bit++) {
      byte[] changed = message.clone();
      changed[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
      try {
        assertThat(Ttlv.parse(changed)).isNotNull();
      } catch (IllegalArgumentException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void refuses_lengths_that_overflow_and_nesting_without_end() {
    for (String length : new String[] {"7fffffff", "ffffffff", "80000000", "7ffffff9"}) {
      byte[] message = HexFormat.of().parseHex("42000f01" + length);
      assertThatThrownBy(() -> Ttlv.parse(message)).isInstanceOf(IllegalArgumentException.class);
    }
    Ttlv deep = Ttlv.integer(Tag.IV, 1);
    for (int level = 0; level < 100; level++) {
      deep = Ttlv.structure(Tag.ATTRIBUTE, deep);
    }
    byte[] message = deep.encoded();
    assertThatThrownBy(() -> Ttlv.parse(message)).isInstanceOf(IllegalArgumentException.class);
  }
}
