package dev.phial.crypto.portable;

import dev.phial.crypto.envelope.OpenFailedException;
import dev.phial.crypto.fips.AesGcm;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The frames of one message. Every frame but the last is full; the last says so, and its length. For one message. */
final class MessageBody {
  private static final int LAST = 0xffffffff;
  private static final int FRAME_OVERHEAD = Integer.BYTES + AesGcm.IV_LENGTH + AesGcm.TAG_LENGTH;

  private final MessageCrypto crypto;
  private final byte[] key;
  private final byte[] messageId;
  private final int frameLength;

  MessageBody(MessageCrypto crypto, byte[] key, byte[] messageId, int frameLength) {
    this.crypto = crypto;
    this.key = key;
    this.messageId = messageId;
    this.frameLength = frameLength;
  }

  void write(byte[] plaintext, ByteArrayOutputStream out) {
    int number = 1;
    int at = 0;
    for (; plaintext.length - at > frameLength; at += frameLength) {
      out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
      seal(number, false, Arrays.copyOfRange(plaintext, at, at + frameLength), out);
      number++;
    }
    out.writeBytes(
        ByteBuffer.allocate(2 * Integer.BYTES).putInt(LAST).putInt(number).array());
    seal(number, true, Arrays.copyOfRange(plaintext, at, plaintext.length), out);
  }

  private void seal(int number, boolean last, byte[] plaintext, ByteArrayOutputStream out) {
    byte[] iv = MessageCrypto.frameIv(number);
    out.writeBytes(iv);
    if (last) {
      out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(plaintext.length).array());
    }
    byte[] aad = crypto.frameAad(messageId, last, number, plaintext.length);
    out.writeBytes(crypto.seal(key, iv, aad, plaintext));
  }

  /** All of the plaintext, or nothing: nothing is given out before the last frame opened at the end of the input. */
  byte[] read(ByteBuffer in) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int number = 1; ; number++) {
      require(in.remaining() >= Integer.BYTES);
      int marker = in.getInt();
      boolean last = marker == LAST;
      if (last) {
        require(in.remaining() >= 2 * Integer.BYTES + FRAME_OVERHEAD - Integer.BYTES);
        marker = in.getInt();
      }
      require(marker == number);
      out.writeBytes(open(in, number, last));
      if (last) {
        require(!in.hasRemaining());
        return out.toByteArray();
      }
    }
  }

  private byte[] open(ByteBuffer in, int number, boolean last) {
    require(in.remaining() >= AesGcm.IV_LENGTH);
    byte[] iv = new byte[AesGcm.IV_LENGTH];
    in.get(iv);
    require(Arrays.equals(iv, MessageCrypto.frameIv(number)));
    int length = last ? in.getInt() : frameLength;
    require(length >= 0 && length <= frameLength);
    require(in.remaining() - AesGcm.TAG_LENGTH >= length);
    byte[] sealed = new byte[length + AesGcm.TAG_LENGTH];
    in.get(sealed);
    return crypto.open(key, iv, crypto.frameAad(messageId, last, number, length), sealed);
  }

  private static void require(boolean fulfilled) {
    if (!fulfilled) {
      throw new OpenFailedException();
    }
  }
}
