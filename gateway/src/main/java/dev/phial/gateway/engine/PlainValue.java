package dev.phial.gateway.engine;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A piece of PHI on its way through the engine: bytes, usually the UTF-8 of some text. Its {@link #toString} never
 * shows it.
 */
public final class PlainValue {
  private final byte[] bytes;

  private PlainValue(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The UTF-8 form of {@code text}.
   *
   * @throws IllegalArgumentException when {@code text} holds an unpaired surrogate
   */
  public static PlainValue ofText(String text) {
    try {
      ByteBuffer utf8 = StandardCharsets.UTF_8
          .newEncoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .encode(CharBuffer.wrap(text));
      return new PlainValue(Arrays.copyOfRange(utf8.array(), utf8.arrayOffset(), utf8.limit()));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the value holds an unpaired surrogate");
    }
  }

  /** Takes a copy of {@code bytes}. */
  public static PlainValue ofBytes(byte[] bytes) {
    return new PlainValue(bytes.clone());
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  public int length() {
    return bytes.length;
  }

  /**
   * The text, when the bytes are strict UTF-8.
   *
   * @throws IllegalArgumentException when they are not
   */
  public String text() {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the value is not UTF-8 text");
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PlainValue that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "PlainValue[" + bytes.length + " bytes]";
  }
}
