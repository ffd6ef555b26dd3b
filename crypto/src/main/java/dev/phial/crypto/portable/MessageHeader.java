package dev.phial.crypto.portable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The header body of a message, version 2, suite 0x0478 (AES-256-GCM, HKDF-SHA-512, key commitment, no signature), framed.
 */
final class MessageHeader {
  static final byte VERSION = 2;
  static final short SUITE = 0x0478;
  static final byte FRAMED = 2;
  static final int MESSAGE_ID = 32;
  static final int COMMITMENT = 32;

  /** More than these no keyring of ours writes; a message with thousands would make us look for long. */
  private static final int MOST_KEYS = 16;

  private final byte[] bytes;
  private final byte[] messageId;
  private final byte[] context;
  private final List<WrappedDataKey> keys;
  private final int frameLength;
  private final byte[] commitment;

  private MessageHeader(
      byte[] bytes,
      byte[] messageId,
      byte[] context,
      List<WrappedDataKey> keys,
      int frameLength,
      byte[] commitment) {
    this.bytes = bytes;
    this.messageId = messageId;
    this.context = context;
    this.keys = keys;
    this.frameLength = frameLength;
    this.commitment = commitment;
  }

  static byte[] write(
      byte[] messageId, byte[] context, WrappedDataKey key, int frameLength, byte[] commitment) {
    int fixed =
        Byte.BYTES + Short.BYTES + MESSAGE_ID + 2 * Short.BYTES + Byte.BYTES + Integer.BYTES;
    ByteBuffer out = ByteBuffer.allocate(fixed + context.length + key.length() + COMMITMENT);
    out.put(VERSION).putShort(SUITE).put(messageId);
    out.putShort((short) context.length).put(context);
    out.putShort((short) 1);
    key.writeTo(out);
    out.put(FRAMED).putInt(frameLength).put(commitment);
    return out.array();
  }

  /** Reads a header from {@code in}, which goes on after it. */
  static MessageHeader read(ByteBuffer in) {
    int start = in.position();
    require(in.remaining() >= Byte.BYTES + Short.BYTES, "it ends within its header");
    require(in.get() == VERSION, "its version is not 2, the one with key commitment");
    require(in.getShort() == SUITE, "its suite is not 0x0478");
    byte[] messageId = take(in, MESSAGE_ID);
    byte[] context = take(in, shortOf(in));
    List<WrappedDataKey> keys = keys(in);
    byte type = take(in, 1)[0];
    require(type == FRAMED, "it is not framed");
    int frameLength = ByteBuffer.wrap(take(in, Integer.BYTES)).getInt();
    require(frameLength > 0, "its frame length is not one");
    byte[] commitment = take(in, COMMITMENT);
    byte[] bytes = new byte[in.position() - start];
    in.get(start, bytes);
    return new MessageHeader(bytes, messageId, context, keys, frameLength, commitment);
  }

  private static List<WrappedDataKey> keys(ByteBuffer in) {
    int count = shortOf(in);
    require(count >= 1 && count <= MOST_KEYS, "it has no data key, or more than " + MOST_KEYS);
    List<WrappedDataKey> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(
          new WrappedDataKey(take(in, shortOf(in)), take(in, shortOf(in)), take(in, shortOf(in))));
    }
    return keys;
  }

  private static int shortOf(ByteBuffer in) {
    return Short.toUnsignedInt(ByteBuffer.wrap(take(in, Short.BYTES)).getShort());
  }

  private static byte[] take(ByteBuffer in, int length) {
    require(length <= in.remaining(), "it ends within its header");
    byte[] taken = new byte[length];
    in.get(taken);
    return taken;
  }

  private static void require(boolean fulfilled, String otherwise) {
    if (!fulfilled) {
      throw new PortableFormatException(
          "not a portable message that can be opened here: " + otherwise);
    }
  }

  /** The header itself, which its tag authenticates. */
  byte[] bytes() {
    return bytes;
  }

  byte[] messageId() {
    return messageId;
  }

  boolean hasContext(byte[] expected) {
    return Arrays.equals(context, expected);
  }

  List<WrappedDataKey> keys() {
    return keys;
  }

  int frameLength() {
    return frameLength;
  }

  byte[] commitment() {
    return commitment;
  }
}
