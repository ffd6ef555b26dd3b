package dev.phial.crypto.envelope;

import dev.phial.crypto.fips.AesBlocks;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.KeptKey;
import dev.phial.crypto.key.KeyAccess;
import dev.phial.crypto.pool.Pool;
import java.util.Arrays;

/**
 * From a data key and a nonce to the key and the commitment of one message: SP 800-108 in counter mode over CMAC, as in
 * C2SP's XAES-256-GCM. Each derivation's input is one block, so its CMAC is one AES call on that block xor the CMAC
 * subkey K1; the key's two blocks and the commitment's two go to the module in a single call. Thread-safe.
 *
 * <pre>
 * key        = CMAC(K, 0001 'X' 00 N[0..12)) || CMAC(K, 0002 'X' 00 N[0..12))
 * commitment = CMAC(K, 0001 'C' 00 N[0..12)) || CMAC(K, 0002 'C' 00 N[0..12))
 * </pre>
 *
 * The key is XAES-256-GCM's own; the commitment has another label, so neither tells of the other. To find two keys with
 * one commitment costs about 2^128 work if AES-256 is an ideal cipher.
 */
final class MessageKeys {
  private static final int BLOCK = AesBlocks.BLOCK;
  private static final int BLOCKS = 4;
  private static final int CONTEXT_LENGTH = 12;
  private static final byte[] LABELS = {'X', 'X', 'C', 'C'};
  private static final byte[] COUNTERS = {1, 2, 1, 2};

  /** Bytes of a message key and a commitment together. */
  static final int DERIVED = BLOCKS * BLOCK;

  private final Pool<Lane> lanes;

  MessageKeys(FipsModule module, KeptKey key) {
    this.lanes = key.pool(
        KeyAccess.toKeyMaterial(), bytes -> new Lane(new AesBlocks(module, bytes)), Lane::wipe);
    // Refuse an unfit key now, not at the first message.
    lanes.giveBack(lanes.borrow());
  }

  /** Writes key and commitment of the message whose nonce lies in {@code envelope} to {@code out}. */
  void derive(byte[] envelope, byte[] out) {
    Lane lane = lanes.borrow();
    System.arraycopy(lane.template, 0, lane.in, 0, DERIVED);
    for (int i = 0; i < CONTEXT_LENGTH; i++) {
      byte n = envelope[Layout.NONCE_AT + i];
      for (int at = 4 + i; at < DERIVED; at += BLOCK) {
        lane.in[at] ^= n;
      }
    }
    lane.aes.encrypt(lane.in, DERIVED, out);
    lanes.giveBack(lane);
  }

  /** The four blocks without the nonce, already xor K1. */
  private static byte[] template(byte[] k1) {
    byte[] blocks = new byte[DERIVED];
    for (int block = 0; block < BLOCKS; block++) {
      int at = block * BLOCK;
      System.arraycopy(k1, 0, blocks, at, BLOCK);
      blocks[at + 1] ^= COUNTERS[block];
      blocks[at + 2] ^= LABELS[block];
    }
    return blocks;
  }

  /** SP 800-38B, section 6.1: the encrypted zero block, doubled in GF(2^128). */
  private static byte[] subkeyK1(AesBlocks aes) {
    byte[] l = new byte[BLOCK];
    aes.encrypt(new byte[BLOCK], BLOCK, l);
    byte[] k1 = new byte[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      int next = i + 1 < BLOCK ? (l[i + 1] & 0xff) >>> 7 : 0;
      k1[i] = (byte) ((l[i] << 1) | next);
    }
    // Without a branch on a secret bit.
    k1[BLOCK - 1] ^= (byte) ((l[0] >> 7) & 0x87);
    return k1;
  }

  private static final class Lane {
    final AesBlocks aes;
    final byte[] template;
    final byte[] in = new byte[DERIVED];

    Lane(AesBlocks aes) {
      byte[] k1 = subkeyK1(aes);
      this.aes = aes;
      this.template = template(k1);
      Arrays.fill(k1, (byte) 0);
    }

    void wipe() {
      Arrays.fill(template, (byte) 0);
      Arrays.fill(in, (byte) 0);
    }
  }
}
