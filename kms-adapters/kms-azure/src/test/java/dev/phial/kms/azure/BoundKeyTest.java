package dev.phial.kms.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.kms.InvalidWrappedKeyException;
import dev.phial.kms.KekRef;
import dev.phial.kms.KekVersion;
import dev.phial.kms.WrapContext;
import dev.phial.kms.WrappedKey;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BoundKeyTest {
  private static final KekVersion VERSION =
      new KekVersion(new KekRef("azure", "phial"), "000000000000000000000000000000a1");
  private static final WrapContext CONTEXT = new WrapContext("north-clinic", "ENCRYPT", 7, 1);

  /** Format 1: a key of 32 bytes 00 to 1f, a fresh key of 40 to 5f, and 8 bytes c0 to c7 for what the vault made of that. */
  private static final String GOLDEN =
      "0008c0c1c2c3c4c5c6c7a0a1a2a3a4a5a6a7a8a9aaabd78e043ce6ee9a2a7166"
          + "4bf585b13ef9ff06e7d4f87a933afac5f481f5df60e7f866de1e0161a6e36b5f"
          + "807fc2ac7353";

  @BeforeAll
  static void startModule() {
    FipsModule.start();
  }

  private static byte[] from(int first) {
    byte[] bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (first + i);
    }
    return bytes;
  }

  @Test
  void opens_what_format_1_wrapped() {
    byte[] golden = HexFormat.of().parseHex(GOLDEN);
    BoundKey bound = BoundKey.parse(WrappedKey.of(VERSION, golden), golden);
    assertThat(bound.bytes()).isEqualTo(golden);
    assertThat(bound.wrappedFresh()).isEqualTo(HexFormat.of().parseHex("c0c1c2c3c4c5c6c7"));
    assertThat(bound.open(from(0x40), VERSION, CONTEXT)).isEqualTo(from(0));
    assertThatThrownBy(() -> bound.open(from(0x41), VERSION, CONTEXT))
        .isInstanceOf(InvalidWrappedKeyException.class);
    assertThatThrownBy(() -> bound.open(new byte[0], VERSION, CONTEXT))
        .isInstanceOf(InvalidWrappedKeyException.class);
  }
}
