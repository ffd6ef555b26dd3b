package dev.phial.crypto.token;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Any text, as the bytes of its UTF-8. The tokens are opaque: 64 symbols, {@code A-Za-z0-9-.}, all of which may stand in a
 * FHIR id and in a URL. A value of up to 40 bytes gives a token of at most 64 characters, the limit of a FHIR id.
 */
final class TextFormat extends TokenFormat {
  private static final int RADIX = 256;

  private final LengthRange lengths;

  TextFormat(String spec, LengthRange lengths) {
    super(spec, RADIX);
    this.lengths = lengths;
  }

  @Override
  public void requireUsable(Marking marking) {
    if (marking == Marking.PLAIN) {
      throw new TokenFormatException(
          "format " + spec()
              + " has no form that a token could keep: use key_version: marked, or encrypt the element");
    }
  }

  @Override
  public String domain() {
    return "text of " + lengths.inWords() + " bytes of UTF-8";
  }

  @Override
  @Nullable
  Written read(String value) {
    if (value.length() > lengths.max()) {
      return null;
    }
    try {
      ByteBuffer utf8 = StandardCharsets.UTF_8
          .newEncoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .encode(CharBuffer.wrap(value));
      byte[] bytes = Arrays.copyOfRange(utf8.array(), utf8.arrayOffset(), utf8.limit());
      return lengths.holds(bytes.length) ? new Written(bytes, 0) : null;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  @Override
  @Nullable
  String write(byte[] numerals, int shape) {
    if (!lengths.holds(numerals.length)) {
      return null;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(numerals))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** Base64 whose 63rd and 64th symbols are {@code -} and {@code .}, without padding. */
  @Override
  String writeBody(byte[] numerals) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(numerals).replace('_', '.');
  }

  @Override
  byte @Nullable [] readBody(String body) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(body.replace('.', '_'));
      // One token, one text: the decoder ignores unused bits, takes padding, and '_' is not ours.
      return writeBody(bytes).equals(body) ? bytes : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
