package dev.phial.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threat T29: ways to write a number so that only people still read it. */
class UnicodeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "536-27-8841",
        "\uff15\uff13\uff16-\uff12\uff17-\uff18\uff18\uff14\uff11", // full-width
        "\u0665\u0663\u0666-\u0662\u0667-\u0668\u0668\u0664\u0661", // Arabic-Indic
        "\u096b\u0969\u096c-\u0968\u096d-\u096e\u096e\u096a\u0967", // Devanagari
        "5\u200b36-2\u200d7-88\u206041", // zero-width
        "536\u00ad-27-8841", // soft hyphen
        "536\u201127\u20118841", // non-breaking hyphen
        "536\u201327\u20138841", // en dash
        "536\u221227\u22128841", // minus sign
        "\ufeff536-27-8841", // byte order mark
        "536\ufe0f-27-8841", // variation selector
        "536-27-884\u2460", // circled one
        "\ud835\udfd3\ud835\udfd1\ud835\udfd4-27-8841", // mathematical bold digits
        "536\uff0d27\uff0d8841", // full-width hyphen
      })
  void readsAsPeopleDo(String number) {
    String masked = Lines.mask("seen ssn " + number + " today");
    assertThat(masked).isIn("seen ssn *SSN* today", "seen ssn \ufeff*SSN* today");
  }

  @Test
  void spacesOfEveryKindPart() {
    assertThat(Lines.mask("ssn\u00a0536\u200927\u202f8841 x")).isEqualTo("ssn\u00a0*SSN* x");
  }

  @Test
  void escapesOutsideOfJson() {
    assertThat(Lines.mask("ssn \\u0035\\u0033\\u0036-27-8841 x")).isEqualTo("ssn *SSN* x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void wideEncodingsHideNothing(String charset) {
    byte[] line = "seen ssn 536-27-8841 today".getBytes(Charset.forName(charset));
    String masked = new String(Lines.mask(line), StandardCharsets.ISO_8859_1).replace("\0", "");
    assertThat(masked).contains("*SSN*").doesNotContain("8841");
  }

  @Test
  void overlongFormsHideNothing() {
    byte[] line = "ssn 536-27-884?".getBytes(StandardCharsets.ISO_8859_1);
    byte[] overlong = java.util.Arrays.copyOf(line, line.length + 1);
    overlong[line.length - 1] = (byte) 0xc0;
    overlong[line.length] = (byte) 0xb1; // an overlong 1
    assertThat(new String(Lines.mask(overlong), StandardCharsets.ISO_8859_1))
        .isEqualTo("ssn *SSN*");
  }

  @Test
  void brokenUtf8IsReadAroundAndKept() {
    byte[] line = "x\u00ff\u00c3 ssn 536-27-8841 \u00e9".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(new String(Lines.mask(line), StandardCharsets.ISO_8859_1))
        .isEqualTo("x\u00ff\u00c3 ssn *SSN* \u00e9");
  }
}
