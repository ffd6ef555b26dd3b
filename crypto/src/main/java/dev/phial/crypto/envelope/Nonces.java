package dev.phial.crypto.envelope;

import dev.phial.crypto.fips.FipsModule;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Fresh 192-bit nonces for one thread at a time (decision record 0003): the approved generator's output, which alone makes
 * the nonce random (SP 800-38D, 8.2.2), xor the kernel's; xor with anything independent of it keeps it so. Both are drawn
 * in bulk, because a draw costs microseconds and a system call half of one.
 *
 * <p>What was drawn lies in memory until it is used, and a cloned machine has it too (threat T2). So each nonce gets
 * something that no memory holds at the moment of use: of a short message, what {@link Hedge} makes of it, else fresh
 * bytes of the kernel.
 */
final class Nonces {
  static final int AT_ONCE = 128;

  private static final int DRAWN = AT_ONCE * Layout.NONCE_LENGTH;

  private final SecureRandom approved;
  private final Consumer<byte[]> kernel;
  private final Hedge hedge;
  private final byte[] drawn = new byte[DRAWN];
  private final byte[] kernels = new byte[DRAWN];
  private final byte[] fresh = new byte[Layout.NONCE_LENGTH];
  private int at = DRAWN;

  /** @param kernel fills an array with what the kernel's generator says at that moment */
  Nonces(FipsModule module, SecureRandom approved, Consumer<byte[]> kernel, LongSupplier moment) {
    this.approved = approved;
    this.kernel = kernel;
    this.hedge = new Hedge(module, approved, moment);
  }

  /** Writes a nonce for a message of any length to its place in {@code header}. */
  void writeTo(byte[] header) {
    take(header);
    kernel.accept(fresh);
    xor(fresh, header, Layout.NONCE_AT);
  }

  /** Writes a nonce for this message, of this and nothing else, to its place in {@code message}. */
  void writeTo(byte[] message, byte[] associated, byte[] plaintext) {
    if (Hedge.takes(associated, plaintext)) {
      take(message);
      hedge.addTo(message, Layout.NONCE_AT, associated, plaintext);
    } else {
      writeTo(message);
    }
  }

  private void take(byte[] header) {
    if (at == DRAWN) {
      draw();
    }
    System.arraycopy(drawn, at, header, Layout.NONCE_AT, Layout.NONCE_LENGTH);
    Arrays.fill(drawn, at, at + Layout.NONCE_LENGTH, (byte) 0);
    at += Layout.NONCE_LENGTH;
  }

  private void draw() {
    approved.nextBytes(drawn);
    kernel.accept(kernels);
    xor(kernels, drawn, 0);
    Arrays.fill(kernels, (byte) 0);
    at = 0;
  }

  private static void xor(byte[] from, byte[] to, int at) {
    for (int i = 0; i < from.length; i++) {
      to[at + i] ^= from[i];
    }
  }
}
