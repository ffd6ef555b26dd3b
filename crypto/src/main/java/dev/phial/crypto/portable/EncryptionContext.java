package dev.phial.crypto.portable;

import dev.phial.crypto.context.DataContext;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The context as the message format writes it: names and values in the order of the names' bytes. It lies in the message in
 * clear, authenticated twice.
 */
final class EncryptionContext {
  static final String TENANT = "phial-tenant";
  static final String ELEMENT = "phial-element";
  private static final int MOST_BYTES = 0xffff;

  private EncryptionContext() {}

  /**
   * The bytes for {@code context}.
   *
   * @throws IllegalArgumentException when the caller uses a reserved name, a text has no UTF-8 form, or all is too long
   */
  static byte[] encode(DataContext context) {
    Map<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
    context.caller().forEach((name, value) -> {
      if (name.startsWith("phial-") || name.startsWith("aws-crypto-")) {
        throw new IllegalArgumentException(
            "a portable message's context has no names of the caller's that begin with phial- or aws-crypto-");
      }
      entries.put(utf8(name), utf8(value));
    });
    entries.put(utf8(TENANT), utf8(context.tenant()));
    entries.put(utf8(ELEMENT), utf8(context.element()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(shortOf(entries.size()));
    entries.forEach((name, value) -> {
      write(out, name);
      write(out, value);
    });
    return out.size() <= MOST_BYTES ? out.toByteArray() : tooLong();
  }

  private static void write(ByteArrayOutputStream out, byte[] text) {
    if (text.length > MOST_BYTES) {
      tooLong();
    }
    out.writeBytes(shortOf(text.length));
    out.writeBytes(text);
  }

  private static byte[] tooLong() {
    throw new IllegalArgumentException(
        "a portable message's context has at most " + MOST_BYTES + " bytes");
  }

  private static byte[] shortOf(int value) {
    return ByteBuffer.allocate(Short.BYTES).putShort((short) value).array();
  }

  private static byte[] utf8(String text) {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8
          .newEncoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .encode(CharBuffer.wrap(text));
      return Arrays.copyOfRange(bytes.array(), bytes.arrayOffset(), bytes.limit());
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a context's text holds an unpaired surrogate");
    }
  }
}
