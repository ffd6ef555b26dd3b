package dev.phial.crypto.portable;

import dev.phial.crypto.context.DataContext;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
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
   * The bytes for {@code context} of an element's message.
   *
   * @throws IllegalArgumentException when the caller uses a reserved name, a text has no UTF-8 form, or all is too long
   */
  static byte[] encode(DataContext context) {
    requireFree(context.caller());
    Map<String, String> entries = new HashMap<>(context.caller());
    entries.put(TENANT, context.tenant());
    entries.put(ELEMENT, context.element());
    return encode(entries);
  }

  /** Refuses names that only Phial or the SDK itself may write. */
  static void requireFree(Map<String, String> caller) {
    for (String name : caller.keySet()) {
      if (name.startsWith("phial-") || name.startsWith("aws-crypto-")) {
        throw new IllegalArgumentException(
            "a portable message's context has no names of the caller's that begin with phial- or aws-crypto-");
      }
    }
  }

  /** The bytes for all entries as they are. No entries are no bytes: the format has no count of zero. */
  static byte[] encode(Map<String, String> context) {
    Map<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
    context.forEach((name, value) -> entries.put(utf8(name), utf8(value)));
    if (entries.isEmpty()) {
      return new byte[0];
    }
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
