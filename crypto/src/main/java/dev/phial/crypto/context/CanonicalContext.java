package dev.phial.crypto.context;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The canonical encoding: a domain, then every text with its length before it, then the caller's entries, counted and
 * in the order of their names' bytes. A reader could take it apart in one way only, which makes it injective.
 */
final class CanonicalContext {
  private CanonicalContext() {}

  static byte[] encode(ContextKind kind, DataContext context) {
    byte[] domain = kind.domain();
    byte[] tenant = utf8(context.tenant());
    byte[] element = utf8(context.element());
    Map<byte[], byte[]> caller = sorted(context.caller());
    int length = domain.length + textLength(tenant) + textLength(element) + Integer.BYTES;
    for (Map.Entry<byte[], byte[]> entry : caller.entrySet()) {
      length += textLength(entry.getKey()) + textLength(entry.getValue());
    }
    ByteBuffer out = ByteBuffer.allocate(length); // big-endian
    out.put(domain);
    writeText(out, tenant);
    writeText(out, element);
    out.putInt(caller.size());
    caller.forEach((name, value) -> {
      writeText(out, name);
      writeText(out, value);
    });
    return out.array();
  }

  private static Map<byte[], byte[]> sorted(Map<String, String> caller) {
    if (caller.isEmpty()) {
      return Map.of();
    }
    Map<byte[], byte[]> sorted = new TreeMap<>(Arrays::compareUnsigned);
    caller.forEach((name, value) -> sorted.put(utf8(name), utf8(value)));
    return sorted;
  }

  private static int textLength(byte[] text) {
    return Integer.BYTES + text.length;
  }

  private static void writeText(ByteBuffer out, byte[] text) {
    out.putInt(text.length).put(text);
  }

  private static byte[] utf8(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return strictUtf8(text);
      }
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] strictUtf8(String text) {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8
          .newEncoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .encode(CharBuffer.wrap(text));
      return Arrays.copyOfRange(bytes.array(), bytes.arrayOffset(), bytes.limit());
    } catch (CharacterCodingException e) {
      // Without the cause: its message is harmless, but the replacement it stands for would not be.
      throw new IllegalArgumentException("a context's text holds an unpaired surrogate");
    }
  }
}
