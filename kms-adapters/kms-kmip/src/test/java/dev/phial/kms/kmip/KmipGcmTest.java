package dev.phial.kms.kmip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.kms.WrapContext;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class KmipGcmTest {

  /** Of format 1, for ever: what a server authenticates along with each wrapped key. */
  private static final String GOLDEN =
      "706869616c206b6d6970206b6d730100000005706869616c0000000c70686961"
          + "6c3a6b657973657400000010303030303030303030303030303030370000000d"
          + "706869616c3a707572706f736500000007454e43525950540000000c70686961"
          + "6c3a74656e616e740000000c6e6f7274682d636c696e69630000000d70686961"
          + "6c3a76657273696f6e0000000131";

  @Test
  void binds_the_name_and_the_context_as_format_1_does() {
    WrapContext context = new WrapContext("north-clinic", "ENCRYPT", 7, 1);
    assertThat(HexFormat.of().formatHex(KmipGcm.associatedData("phial", context)))
        .isEqualTo(GOLDEN);
  }
}
