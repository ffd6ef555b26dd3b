package dev.phial.crypto.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.testing.Keys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTextTest {
  private final byte[] envelope = new EnvelopeCipher(FipsModule.start())
      .seal(Keys.encrypt(), DataContext.of("north", "note"), new byte[5]);

  @Test
  void both_forms_are_recognised_and_read_back() {
    String text = EnvelopeText.toText(envelope);
    String base64 = EnvelopeText.toBase64(envelope);
    assertThat(text).startsWith("phial:v1:UEhM").doesNotContain("=");
    assertThat(base64).startsWith("UEhM");
    assertThat(EnvelopeText.looksLikeText(text)).isTrue();
    assertThat(EnvelopeText.looksLikeBase64(base64)).isTrue();
    assertThat(EnvelopeText.looksLikeText(base64)).isFalse();
    assertThat(EnvelopeText.looksLikeBase64(text)).isFalse();
    assertThat(EnvelopeText.parse(text).raw()).isEqualTo(envelope);
    assertThat(EnvelopeText.parse(base64).raw()).isEqualTo(envelope);
  }

  @Test
  void the_last_symbol_with_unused_bits_set_is_refused() {
    // 94 bytes leave one byte for the last two symbols: four bits of the last are unused.
    String text = EnvelopeText.toText(envelope);
    char last = text.charAt(text.length() - 1);
    String other = text.substring(0, text.length() - 1) + (last == 'A' ? 'B' : (char) (last + 1));
    assertRefused(other);
  }

  @Test
  void padding_and_line_breaks_where_none_belong_and_missing_padding_are_refused() {
    String base64 = EnvelopeText.toBase64(envelope);
    assertThat(base64).endsWith("=");
    assertRefused(EnvelopeText.toText(envelope) + "=");
    assertRefused(base64.replace("=", ""));
    assertRefused(base64 + "\n");
    assertRefused(base64.substring(0, 8) + "\r\n" + base64.substring(8));
    assertRefused(" " + base64);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "phial:v1:",
        "phial:v2:UEhM",
        "UEhM",
        "PHIAL:V1:UEhM",
        "phial:v1:UEhMAQE",
        "\u0000",
        "Ünïcode"
      })
  void other_texts_are_refused_without_being_quoted(String text) {
    assertRefused(text);
  }

  private static void assertRefused(String text) {
    assertThatThrownBy(() -> EnvelopeText.parse(text))
        .isInstanceOf(EnvelopeFormatException.class)
        .hasNoCause();
  }
}
