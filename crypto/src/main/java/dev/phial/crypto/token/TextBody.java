package dev.phial.crypto.token;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The bytes of a value's UTF-8. Its symbols may all stand in a FHIR id and in a URL. */
final class TextBody implements MarkedBody {
  private static final int RADIX = 256;
  // No character that is one char has more bytes.
  private static final int BYTES_PER_CHAR = 3;

  private final TokenFormat format;

  TextBody(TokenFormat format) {
    this.format = format;
  }

  @Override
  public int radix() {
    return RADIX;
  }

  @Override
  public int longest() {
    return BYTES_PER_CHAR * FormatSpec.MAX_LENGTH;
  }

  @Override
  public byte @Nullable [] numerals(String value) {
    return format.accepts(value) ? value.getBytes(StandardCharsets.UTF_8) : null;
  }

  @Override
  public @Nullable String value(byte[] numerals) {
    String value = Utf8.decode(numerals);
    return value != null && format.accepts(value) ? value : null;
  }

  /** Base64 whose 63rd and 64th symbols are {@code -} and {@code .}, without padding. */
  @Override
  public String write(byte[] numerals) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(numerals).replace('_', '.');
  }

  @Override
  public byte @Nullable [] read(String body) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(body.replace('.', '_'));
      // One token, one text: the decoder ignores unused bits, takes padding, and '_' is not ours.
      return write(bytes).equals(body) ? bytes : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
