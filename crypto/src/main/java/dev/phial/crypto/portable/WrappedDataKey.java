package dev.phial.crypto.portable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An encrypted data key of a message, as the raw AES keyring writes it: the provider is the key's namespace, its information
 * the key's name, the tag's length in bits, the IV's length in bytes, and the IV.
 */
final class WrappedDataKey {
  static final int IV_LENGTH = 12;
  static final int WRAPPED_LENGTH = 32 + 16;
  private static final int TAG_BITS = 128;

  private final byte[] provider;
  private final byte[] information;
  private final byte[] wrapped;

  WrappedDataKey(byte[] provider, byte[] information, byte[] wrapped) {
    this.provider = provider;
    this.information = information;
    this.wrapped = wrapped;
  }

  static WrappedDataKey of(PortableKey key, byte[] iv, byte[] wrapped) {
    byte[] prefix = prefix(key);
    byte[] information = Arrays.copyOf(prefix, prefix.length + IV_LENGTH);
    System.arraycopy(iv, 0, information, prefix.length, IV_LENGTH);
    return new WrappedDataKey(
        key.namespace().getBytes(StandardCharsets.UTF_8), information, wrapped);
  }

  private static byte[] prefix(PortableKey key) {
    byte[] name = key.name().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(name.length + 2 * Integer.BYTES)
        .put(name)
        .putInt(TAG_BITS)
        .putInt(IV_LENGTH)
        .array();
  }

  /** Whether {@code key} is the one that wrapped it. */
  boolean isBy(PortableKey key) {
    byte[] prefix = prefix(key);
    return Arrays.equals(provider, key.namespace().getBytes(StandardCharsets.UTF_8))
        && wrapped.length == WRAPPED_LENGTH
        && information.length == prefix.length + IV_LENGTH
        && Arrays.equals(Arrays.copyOf(information, prefix.length), prefix);
  }

  byte[] iv() {
    return Arrays.copyOfRange(information, information.length - IV_LENGTH, information.length);
  }

  byte[] wrapped() {
    return wrapped;
  }

  int length() {
    return 3 * Short.BYTES + provider.length + information.length + wrapped.length;
  }

  void writeTo(ByteBuffer out) {
    for (byte[] part : new byte[][] {provider, information, wrapped}) {
      out.putShort((short) part.length).put(part);
    }
  }
}
