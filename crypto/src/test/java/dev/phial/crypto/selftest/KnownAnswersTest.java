package dev.phial.crypto.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fips.HashName;
import dev.phial.crypto.fips.HmacSha256;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownAnswersTest {
  private final FipsModule module = FipsModule.start();

  @Test
  void every_built_in_question_is_answered_rightly() {
    List<KnownAnswer> answers = KnownAnswers.ask(module);
    assertThat(answers).hasSizeGreaterThan(30).allMatch(KnownAnswer::right);
    assertThat(answers)
        .extracting(KnownAnswer::what)
        .contains("FF1, sample 9, composed", "FF1, sample 9, module", "AES-256-GCM, module")
        .doesNotHaveDuplicates();
  }

  @Test
  void a_wrong_answer_is_seen_as_wrong() {
    assertThat(hmac(Validity.VALID, zeros(32)).ask(module, Engine.COMPOSED))
        .isEqualTo(new Verdict.Wrong());
    assertThat(hmac(Validity.INVALID, zeros(32)).ask(module, Engine.MODULE))
        .isEqualTo(new Verdict.Refused());
  }

  @Test
  void an_invalid_input_that_is_answered_with_the_invalid_answer_is_wrong() {
    byte[] right = new HmacSha256(module, new byte[32]).digest(new byte[1]);
    Octets tag = Octets.hex(HexFormat.of().formatHex(right));
    assertThat(hmac(Validity.INVALID, tag).ask(module, Engine.COMPOSED))
        .isEqualTo(new Verdict.Wrong());
  }

  @Test
  void a_valid_input_that_is_refused_is_wrong_unless_a_limit_of_the_build_says_so() {
    assertThat(ff1(10, 5).ask(module, Engine.COMPOSED))
        .isEqualTo(new Verdict.NotApplicable("domain below 1,000,000"));
    assertThat(ff1(257, 8).ask(module, Engine.MODULE))
        .isEqualTo(new Verdict.NotApplicable("radix above 256"));
    assertThat(ff1(1, 8).ask(module, Engine.MODULE)).isEqualTo(new Verdict.Wrong());
    assertThat(new HmacVector(Validity.VALID, HashName.SHA256, zeros(8), zeros(0), zeros(32))
            .ask(module, Engine.MODULE))
        .isEqualTo(new Verdict.NotApplicable("HMAC key below 112 bits"));
  }

  private static Vector hmac(Validity validity, Octets tag) {
    return new HmacVector(validity, HashName.SHA256, zeros(32), zeros(1), tag);
  }

  private static Vector ff1(int radix, int length) {
    List<Integer> numerals = Collections.nCopies(length, 0);
    return new Ff1Vector(Validity.VALID, radix, zeros(32), zeros(0), numerals, numerals);
  }

  private static Octets zeros(int length) {
    return Octets.hex("00".repeat(length));
  }
}
