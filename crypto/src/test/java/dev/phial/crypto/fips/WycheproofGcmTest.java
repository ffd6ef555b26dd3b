package dev.phial.crypto.fips;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.crypto.testing.Wycheproof;
import java.util.Arrays;
import java.util.List;
import javax.crypto.AEADBadTagException;
import org.junit.jupiter.api.Test;

/** Project Wycheproof's AES-GCM vectors through the one class that does GCM. */
class WycheproofGcmTest {
  private final AesGcm gcm = new AesGcm(FipsModule.start());

  @Test
  void no_vector_is_answered_wrongly_and_only_256_bit_keys_96_bit_IVs_and_128_bit_tags_are_taken() {
    List<Wycheproof.Case> cases = Wycheproof.cases("wycheproof/aes_gcm_test.json");
    int opened = 0;
    for (Wycheproof.Case c : cases) {
      if (c.valid() && ours(c)) {
        checkOpensAndSeals(c);
        opened++;
      } else {
        assertThat(refused(c)).as(c.id()).isTrue();
      }
    }
    assertThat(cases).hasSize(316);
    assertThat(opened).isEqualTo(39);
  }

  private static boolean ours(Wycheproof.Case c) {
    return c.group().get("keySize").asInt() == 256
        && c.group().get("ivSize").asInt() == 96
        && c.group().get("tagSize").asInt() == 128;
  }

  private void checkOpensAndSeals(Wycheproof.Case c) {
    byte[] sealed = sealed(c);
    byte[] out = new byte[sealed.length];
    gcm.seal(c.bytes("key"), c.bytes("iv"), c.bytes("aad"), c.bytes("msg"), out, 0);
    assertThat(out).as(c.id()).isEqualTo(sealed);
    assertThat(refused(c)).as(c.id()).isFalse();
  }

  private boolean refused(Wycheproof.Case c) {
    try {
      byte[] opened = gcm.open(c.bytes("key"), c.bytes("iv"), c.bytes("aad"), sealed(c), 0);
      return !Arrays.equals(opened, c.bytes("msg"));
    } catch (AEADBadTagException | IllegalArgumentException e) {
      return true;
    }
  }

  private static byte[] sealed(Wycheproof.Case c) {
    byte[] ct = c.bytes("ct");
    byte[] tag = c.bytes("tag");
    byte[] both = Arrays.copyOf(ct, ct.length + tag.length);
    System.arraycopy(tag, 0, both, ct.length, tag.length);
    return both;
  }
}
