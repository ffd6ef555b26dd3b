package dev.phial.crypto.envelope;

import dev.phial.crypto.fips.AesGcm;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeptKey;
import dev.phial.crypto.key.KeyAccess;
import dev.phial.crypto.key.KeyHold;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;

/**
 * The frames of one stream. Each is a GCM message of its own under the stream's key, and its place is in its IV: the
 * nonce's second half, xor the frame's number and whether it is the last (docs/format.md). A frame opens in its place only.
 *
 * <p>The data key is held until {@link #wipe}, and must not be destroyed as long as frames are made or opened. Not
 * thread-safe.
 */
final class Frames {
  /** The number of frames has 32 bits. */
  static final long MOST = 1L << 32;

  private final DataKey dataKey;
  private final KeyHold hold;
  private final AesGcm gcm;
  private final KeptKey key;
  private final byte[] nonce;
  private final byte[] associated;
  private final byte[] iv = new byte[AesGcm.IV_LENGTH];

  Frames(FipsModule module, DataKey dataKey, MessageLane lane, byte[] header, byte[] canonical) {
    this.dataKey = dataKey;
    this.hold = dataKey.hold();
    this.gcm = new AesGcm(module);
    this.key = KeptKey.of(dataKey, lane.key);
    this.nonce = lane.iv.clone();
    this.associated = Arrays.copyOf(header, header.length + canonical.length);
    System.arraycopy(canonical, 0, associated, header.length, canonical.length);
  }

  /** Seals all of {@code plaintext} as frame {@code number} into {@code out}. */
  void seal(long number, boolean last, ByteBuffer plaintext, ByteBuffer out) {
    dataKey.count(1, plaintext.remaining());
    place(number, last);
    key.use(KeyAccess.toKeyMaterial(), bytes -> {
      gcm.seal(bytes, iv, associated, plaintext, out);
      return out;
    });
  }

  /**
   * Opens all of {@code sealed} as frame {@code number} into {@code out}.
   *
   * @throws OpenFailedException when that is not the frame that was sealed there
   */
  void open(long number, boolean last, ByteBuffer sealed, ByteBuffer out) {
    if (sealed.remaining() < Layout.TAG_LENGTH) {
      throw new OpenFailedException();
    }
    place(number, last);
    key.use(KeyAccess.toKeyMaterial(), bytes -> {
      try {
        gcm.open(bytes, iv, associated, sealed, out);
        return out;
      } catch (AEADBadTagException e) {
        throw new OpenFailedException();
      }
    });
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

  /** Safe to call again; nothing can be done afterwards. */
  void wipe() {
    key.wipe();
    hold.close();
  }
}
