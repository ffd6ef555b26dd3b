package dev.phial.crypto.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.crypto.fips.AesGcm;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.KeptKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The construction without header and commitment is C2SP's XAES-256-GCM, so its published vectors come out. */
class XaesVectorsTest {
  private static final byte[] NONCE = ascii("ABCDEFGHIJKLMNOPQRSTUVWX");
  private final FipsModule module = FipsModule.start();

  @ParameterizedTest
  @CsvSource({
    "1, '', ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271",
    "3, c2sp.org/XAES-256-GCM, 986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d"
  })
  void the_published_vectors_come_out(int fill, String aad, String expected) {
    byte[] derived = derive(fill);
    byte[] key = Arrays.copyOf(derived, AesGcm.KEY_LENGTH);
    byte[] iv = Arrays.copyOfRange(NONCE, 12, 24);
    byte[] plaintext = ascii("XAES-256-GCM");
    byte[] out = new byte[plaintext.length + AesGcm.TAG_LENGTH];
    new AesGcm(module).seal(key, iv, ascii(aad), plaintext, out, 0);
    assertThat(HexFormat.of().formatHex(out)).isEqualTo(expected);
  }

  @Test
  void the_commitment_is_neither_the_key_nor_that_of_another_key_or_nonce() {
    byte[] one = commitment(derive(1));
    assertThat(one).isNotEqualTo(Arrays.copyOf(derive(1), 32)).isNotEqualTo(commitment(derive(3)));
    assertThat(one).isEqualTo(commitment(derive(1)));
  }

  private static byte[] commitment(byte[] derived) {
    return Arrays.copyOfRange(derived, AesGcm.KEY_LENGTH, MessageKeys.DERIVED);
  }

  private byte[] derive(int fill) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) fill);
    byte[] envelope = new byte[Layout.OVERHEAD];
    System.arraycopy(NONCE, 0, envelope, Layout.NONCE_AT, NONCE.length);
    byte[] derived = new byte[MessageKeys.DERIVED];
    new MessageKeys(module, KeptKey.ofSample(key)).derive(envelope, derived);
    return derived;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
