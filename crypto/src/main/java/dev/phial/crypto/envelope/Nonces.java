package dev.phial.crypto.envelope;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Fresh 192-bit nonces for one thread at a time: the approved generator's output, drawn in bulk because a draw costs
 * microseconds, xor what the kernel's generator says at the moment of use.
 *
 * <p>The generator's part alone makes the nonce random (SP 800-38D, 8.2.2), and xor with anything independent of it keeps
 * it so. The kernel's part covers what the generator cannot: two copies of this process' memory (threat T2).
 */
final class Nonces {
  private static final int DRAWN_AT_ONCE = 128 * Layout.NONCE_LENGTH;

  private final SecureRandom approved;
  private final KernelRandom kernel;
  private final byte[] drawn = new byte[DRAWN_AT_ONCE];
  private final byte[] fresh = new byte[Layout.NONCE_LENGTH];
  private int at = DRAWN_AT_ONCE;

  Nonces(SecureRandom approved, KernelRandom kernel) {
    this.approved = approved;
    this.kernel = kernel;
  }

  /** Writes a nonce to its place in {@code envelope}. */
  void writeTo(byte[] envelope) {
    if (at == DRAWN_AT_ONCE) {
      approved.nextBytes(drawn);
      at = 0;
    }
    kernel.fill(fresh);
    for (int i = 0; i < Layout.NONCE_LENGTH; i++) {
      envelope[Layout.NONCE_AT + i] = (byte) (drawn[at + i] ^ fresh[i]);
    }
    Arrays.fill(drawn, at, at + Layout.NONCE_LENGTH, (byte) 0);
    at += Layout.NONCE_LENGTH;
  }
}
