package dev.phial.crypto.portable;

import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.envelope.EnvelopeCipher;
import dev.phial.crypto.envelope.FreshBytes;
import dev.phial.crypto.envelope.OpenFailedException;
import dev.phial.crypto.fips.FipsModule;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;

/**
 * Writes and reads messages of the AWS Encryption SDK: message format 2, suite 0x0478, which commits to its key and is not
 * signed, framed, its data key wrapped as the SDK's raw AES keyring does (docs/format.md, decision record 0013). Who holds
 * the wrapping key opens them with the SDK of any language, without Phial.
 *
 * <p>What is bound: tenant and element, if the message is of one, and the caller's context. They lie in the message <em>in
 * clear</em>. Opening needs the very same. For values of up to 64 MiB. Thread-safe.
 */
public final class PortableCipher {
  /** Bytes of plaintext in a frame that we write. */
  static final int FRAME_LENGTH = 64 << 10;

  private final FipsModule module;
  private final FreshBytes fresh;

  public PortableCipher(FipsModule module) {
    this.module = module;
    this.fresh = new FreshBytes(module);
  }

  /**
   * Seals {@code plaintext}, which may be empty.
   *
   * @throws IllegalArgumentException when the plaintext or the context is too long, or the context uses a reserved name
   * @throws IllegalStateException when this process used the wrapping key too often
   * @throws dev.phial.crypto.key.KeyDestroyedException when the key was destroyed
   */
  public byte[] seal(PortableKey key, DataContext context, byte[] plaintext) {
    return seal(key, EncryptionContext.encode(context), plaintext);
  }

  /** The same for data that is of no element, with a context of the caller's alone, which may be empty. */
  public byte[] seal(PortableKey key, Map<String, String> context, byte[] plaintext) {
    EncryptionContext.requireFree(context);
    return seal(key, EncryptionContext.encode(context), plaintext);
  }

  private byte[] seal(PortableKey key, byte[] clear, byte[] plaintext) {
    if (plaintext.length > EnvelopeCipher.MAX_PLAINTEXT) {
      throw new IllegalArgumentException(
          "a portable message holds at most " + EnvelopeCipher.MAX_PLAINTEXT + " bytes");
    }
    byte[] wrapping = key.usable();
    key.countMessage();
    MessageCrypto crypto = new MessageCrypto(module);
    byte[] messageId = fresh.next(MessageHeader.MESSAGE_ID);
    byte[] dataKey = fresh.next(WrappedDataKey.WRAPPED_LENGTH - 16);
    byte[] iv = fresh.next(WrappedDataKey.IV_LENGTH);
    WrappedDataKey wrapped = WrappedDataKey.of(key, iv, crypto.seal(wrapping, iv, clear, dataKey));
    byte[] header = MessageHeader.write(
        messageId, clear, wrapped, FRAME_LENGTH, crypto.commitment(dataKey, messageId));
    byte[] messageKey = crypto.messageKey(dataKey, messageId);
    ByteArrayOutputStream out = new ByteArrayOutputStream(header.length + plaintext.length + 64);
    out.writeBytes(header);
    out.writeBytes(crypto.headerTag(messageKey, header));
    new MessageBody(crypto, messageKey, messageId, FRAME_LENGTH).write(plaintext, out);
    wipe(wrapping, dataKey, messageKey);
    return out.toByteArray();
  }

  /**
   * Gives the plaintext of a message back, ours or one that an SDK made under the same wrapping key.
   *
   * @throws PortableFormatException when it is not a message, or one of another version, suite or shape
   * @throws OpenFailedException when it was not made with this key for this context, or was changed
   * @throws IllegalArgumentException when the context is too long or uses a reserved name
   * @throws dev.phial.crypto.key.KeyDestroyedException when the key was destroyed
   */
  public byte[] open(PortableKey key, DataContext context, byte[] message) {
    return open(key, EncryptionContext.encode(context), message);
  }

  /** The same for a context of just these entries, those that Phial writes among them. */
  public byte[] open(PortableKey key, Map<String, String> context, byte[] message) {
    return open(key, EncryptionContext.encode(context), message);
  }

  private byte[] open(PortableKey key, byte[] clear, byte[] message) {
    ByteBuffer in = ByteBuffer.wrap(message);
    MessageHeader header = MessageHeader.read(in);
    if (!header.hasContext(clear)) {
      throw new OpenFailedException();
    }
    MessageCrypto crypto = new MessageCrypto(module);
    byte[] dataKey = unwrap(crypto, key, header, clear);
    byte[] commitment = crypto.commitment(dataKey, header.messageId());
    if (!MessageDigest.isEqual(commitment, header.commitment())) {
      throw new OpenFailedException();
    }
    byte[] messageKey = crypto.messageKey(dataKey, header.messageId());
    requireTag(in, crypto.headerTag(messageKey, header.bytes()));
    byte[] plaintext =
        new MessageBody(crypto, messageKey, header.messageId(), header.frameLength()).read(in);
    wipe(dataKey, messageKey);
    return plaintext;
  }

  private static byte[] unwrap(
      MessageCrypto crypto, PortableKey key, MessageHeader header, byte[] clear) {
    WrappedDataKey ours = header.keys().stream()
        .filter(wrapped -> wrapped.isBy(key))
        .findFirst()
        .orElseThrow(OpenFailedException::new);
    byte[] wrapping = key.usable();
    try {
      return crypto.open(wrapping, ours.iv(), clear, ours.wrapped());
    } finally {
      wipe(wrapping);
    }
  }

  private static void requireTag(ByteBuffer in, byte[] expected) {
    byte[] found = new byte[expected.length];
    if (in.remaining() < found.length) {
      throw new OpenFailedException();
    }
    in.get(found);
    if (!MessageDigest.isEqual(expected, found)) {
      throw new OpenFailedException();
    }
  }

  private static void wipe(byte[]... secrets) {
    for (byte[] secret : secrets) {
      Arrays.fill(secret, (byte) 0);
    }
  }
}
