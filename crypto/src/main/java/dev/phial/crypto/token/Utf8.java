package dev.phial.crypto.token;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** UTF-8 without replacement of what is malformed. */
final class Utf8 {
  private Utf8() {}

  /** Null when the text holds an unpaired surrogate. */
  static byte @Nullable [] encode(String text) {
    try {
      ByteBuffer utf8 = StandardCharsets.UTF_8
          .newEncoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .encode(CharBuffer.wrap(text));
      return Arrays.copyOfRange(utf8.array(), utf8.arrayOffset(), utf8.limit());
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** Null when the bytes are no UTF-8. */
  static @Nullable String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
