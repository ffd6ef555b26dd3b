package dev.phial.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class WrapContextTest {

  /** Frozen: these bytes are bound into every wrapped key there is. */
  @Test
  void encodes_as_it_always_did() {
    assertThat(HexFormat.of()
            .formatHex(new WrapContext("north", "INDEX", 0xfedc_ba98_7654_3210L, 2).encoded()))
        .isEqualTo("0000000c" + "706869616c3a6b6579736574" + "00000010"
            + "66656463626139383736353433323130"
            + "0000000d" + "706869616c3a707572706f7365" + "00000005" + "494e444558"
            + "0000000c" + "706869616c3a74656e616e74" + "00000005" + "6e6f727468"
            + "0000000d" + "706869616c3a76657273696f6e" + "00000001" + "32");
  }

  @Test
  void encodes_different_contexts_differently() {
    assertThat(new WrapContext("a", "bc", 1, 1).encoded())
        .isNotEqualTo(new WrapContext("ab", "c", 1, 1).encoded());
    assertThat(new WrapContext("a", "b", 1, 11).encoded())
        .isNotEqualTo(new WrapContext("a", "b", 1, 1).encoded());
  }

  @Test
  void is_never_without_a_tenant_or_purpose() {
    assertThatThrownBy(() -> new WrapContext("", "INDEX", 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new WrapContext("a", "", 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new WrapContext("a", "INDEX", 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
