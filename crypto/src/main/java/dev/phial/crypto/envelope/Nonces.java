package dev.phial.crypto.envelope;

import dev.phial.crypto.fips.FipsModuleException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Fresh 192-bit nonces for one thread at a time (decision record 0003): the approved generator's output, which alone makes
 * the nonce random (SP 800-38D, 8.2.2), xor the kernel's; xor with anything independent of it keeps it so. Both are drawn
 * in bulk, because a draw costs microseconds and a system call half of one.
 *
 * <p>What was drawn waits in memory, and a copy of the memory has it too (threat T2). So each nonce gets something that is
 * known only at the moment of use, when the plaintext is there and does not change any more: of a short message, what {@link
 * Hedge} makes of it; else fresh bytes of the kernel. A copy made after that moment seals the same plaintext again, to the same
 * ciphertext, which tells nothing new.
 */
final class Nonces {
  private static final int LENGTH = Layout.NONCE_LENGTH;

  /** Nonces drawn from the generator in one call, and asked of the kernel in one. */
  private static final int AT_ONCE = 128;

  private final SecureRandom approved;
  private final Consumer<byte[]> kernel;
  private final Hedge hedge;
  private final byte[] drawn = new byte[AT_ONCE * LENGTH];
  private final byte[] kernels = new byte[AT_ONCE * LENGTH];
  private final byte[] fresh = new byte[LENGTH];
  private int at = drawn.length;

  /** @param kernel fills an array with what the kernel's generator says at that moment */
  Nonces(SecureRandom approved, Consumer<byte[]> kernel, Hedge hedge) {
    this.approved = approved;
    this.kernel = kernel;
    this.hedge = hedge;
  }

  /** Writes a nonce to its place in {@code message}, of which nothing else need be known. */
  void writeTo(byte[] message) {
    kernel.accept(fresh);
    take(message);
    xor(fresh, message, Layout.NONCE_AT);
  }

  /** Writes a nonce to its place in {@code message}, which will hold this plaintext and nothing else. */
  void writeTo(byte[] message, byte[] associated, byte[] plaintext) {
    if (Hedge.takes(associated, plaintext)) {
      take(message);
      hedge.addTo(message, Layout.NONCE_AT, associated, plaintext);
    } else {
      writeTo(message);
    }
  }

  private void take(byte[] message) {
    if (at == drawn.length) {
      draw();
    }
    System.arraycopy(drawn, at, message, Layout.NONCE_AT, LENGTH);
    Arrays.fill(drawn, at, at + LENGTH, (byte) 0);
    at += LENGTH;
  }

  private void draw() {
    fill(approved, drawn);
    kernel.accept(kernels);
    xor(kernels, drawn, 0);
    Arrays.fill(kernels, (byte) 0);
    at = 0;
  }

  /** The module throws an {@link Error} when it has no entropy. */
  static void fill(SecureRandom approved, byte[] out) {
    try {
      approved.nextBytes(out);
    } catch (RuntimeException | AssertionError e) {
      throw new FipsModuleException(
          "the module's generator gives nothing: see the cause, its health and the machine's entropy",
          e);
    }
  }

  private static void xor(byte[] from, byte[] to, int at) {
    for (int i = 0; i < from.length; i++) {
      to[at + i] ^= from[i];
    }
  }
}
