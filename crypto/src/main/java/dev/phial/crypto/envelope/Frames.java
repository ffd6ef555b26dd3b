package dev.phial.crypto.envelope;

import dev.phial.crypto.fips.AesGcm;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.DataKey;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;

/**
 * The frames of one stream. Each is a GCM message of its own under the stream's key, and its place is in its IV: the
 * nonce's second half, xor the frame's number and whether it is the last (docs/format.md). A frame opens in its place only.
 *
 * <p>The data key must live as long as frames are made or opened. Not thread-safe.
 */
final class Frames {
  /** The number of frames has 32 bits. */
  static final long MOST = 1L << 32;

  private final DataKey dataKey;
  private final AesGcm gcm;
  private final byte[] key;
  private final byte[] nonce;
  private final byte[] associated;
  private final byte[] iv = new byte[AesGcm.IV_LENGTH];

  Frames(FipsModule module, DataKey dataKey, MessageLane lane, byte[] header, byte[] canonical) {
    this.dataKey = dataKey;
    this.gcm = new AesGcm(module);
    this.key = lane.key.clone();
    this.nonce = lane.iv.clone();
    this.associated = Arrays.copyOf(header, header.length + canonical.length);
    System.arraycopy(canonical, 0, associated, header.length, canonical.length);
  }

  /** Seals all of {@code plaintext} as frame {@code number} into {@code out}. */
  void seal(long number, boolean last, ByteBuffer plaintext, ByteBuffer out) {
    dataKey.requireAlive();
    place(number, last);
    gcm.seal(key, iv, associated, plaintext, out);
  }

  /**
   * Opens all of {@code sealed} as frame {@code number} into {@code out}.
   *
   * @throws OpenFailedException when that is not the frame that was sealed there
   */
  void open(long number, boolean last, ByteBuffer sealed, ByteBuffer out) {
    dataKey.requireAlive();
    if (sealed.remaining() < Layout.TAG_LENGTH) {
      throw new OpenFailedException();
    }
    place(number, last);
    try {
      gcm.open(key, iv, associated, sealed, out);
    } catch (AEADBadTagException e) {
      throw new OpenFailedException();
    }
  }

  private void place(long number, boolean last) {
    if (number < 0 || number >= MOST) {
      throw new IllegalStateException("a sealed stream has at most " + MOST + " frames");
    }
    System.arraycopy(nonce, 0, iv, 0, iv.length);
    for (int i = 0; i < Integer.BYTES; i++) {
      iv[10 - i] ^= (byte) (number >>> (Byte.SIZE * i));
    }
    iv[11] ^= (byte) (last ? 1 : 0);
  }

  void wipe() {
    Arrays.fill(key, (byte) 0);
  }
}
