package dev.phial.crypto.envelope;

import dev.phial.crypto.fips.FipsModuleException;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Fresh 192-bit nonces for one thread at a time: the approved generator's output, drawn in bulk because a draw costs
 * microseconds, xor what the kernel's generator says at the moment of use.
 *
 * <p>The generator's part alone makes the nonce random (SP 800-38D, 8.2.2), and xor with anything independent of it keeps
 * it so. The kernel's part covers what the generator cannot: two copies of this process' memory (threat T2).
 *
 * <p>The moment of use is when the plaintexts are there and do not change any more. So the nonces of a batch may come of one
 * call to the kernel: a copy made after it seals the same plaintexts again, to the same ciphertexts, which tell nothing new.
 * What was asked of the kernel before the plaintexts came would be the copies' common secret, and is never kept.
 */
final class Nonces {
  private static final int LENGTH = Layout.NONCE_LENGTH;

  /** Nonces drawn from the generator in one call, and asked of the kernel in one. */
  static final int AT_ONCE = 128;

  private final SecureRandom approved;
  private final KernelRandom kernel;
  private final byte[] drawn = new byte[AT_ONCE * LENGTH];
  private final byte[] fresh = new byte[LENGTH];
  private int at = drawn.length;

  Nonces(SecureRandom approved, KernelRandom kernel) {
    this.approved = approved;
    this.kernel = kernel;
  }

  /** Writes a nonce to its place in {@code message}, whose plaintext is there. */
  void writeTo(byte[] message) {
    kernel.fill(fresh);
    write(message, fresh, 0);
  }

  /** Writes a nonce to its place in each of {@code messages}, whose plaintexts are all there. */
  void writeTo(byte[][] messages) {
    byte[] asked = new byte[Math.min(messages.length, AT_ONCE) * LENGTH];
    for (int i = 0; i < messages.length; i++) {
      int place = i % AT_ONCE;
      if (place == 0) {
        kernel.fill(asked);
      }
      write(messages[i], asked, place * LENGTH);
    }
    Arrays.fill(asked, (byte) 0);
  }

  private void write(byte[] message, byte[] ofKernel, int from) {
    if (at == drawn.length) {
      draw();
    }
    for (int i = 0; i < LENGTH; i++) {
      message[Layout.NONCE_AT + i] = (byte) (drawn[at + i] ^ ofKernel[from + i]);
    }
    Arrays.fill(drawn, at, at + LENGTH, (byte) 0);
    at += LENGTH;
  }

  private void draw() {
    try {
      approved.nextBytes(drawn);
      at = 0;
    } catch (RuntimeException | AssertionError e) {
      throw new FipsModuleException(
          "the module's generator gives nothing: see the cause, its health and the machine's entropy",
          e);
    }
  }
}
