package dev.phial.crypto.fips;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.crypto.testing.Wycheproof;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Project Wycheproof's HKDF-SHA-512 vectors, as far as the module takes them: its keys have 112 bits or more. */
class WycheproofHkdfTest {
  @Test
  void no_vector_is_answered_wrongly() {
    List<Wycheproof.Case> cases = Wycheproof.cases("wycheproof/hkdf_sha512_test.json");
    Hkdf hkdf = new Hkdf(FipsModule.start(), HashName.SHA512);
    int right = 0;
    int refused = 0;
    for (Wycheproof.Case c : cases) {
      try {
        byte[] derived = hkdf.derive(
            c.bytes("ikm"),
            c.bytes("salt"),
            c.bytes("info"),
            c.test().get("size").asInt());
        assertThat(c.valid()).as(c.id()).isTrue();
        assertThat(derived).as(c.id()).isEqualTo(c.bytes("okm"));
        right++;
      } catch (FipsModuleException e) {
        refused++;
      }
    }
    assertThat(right).isGreaterThan(50);
    assertThat(right + refused).isEqualTo(cases.size());
  }
}
