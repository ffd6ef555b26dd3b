package dev.phial.kms;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The frame around what a remote service gave for a wrapped key, format 1: {@code 01 | the service's bytes | check (8)}.
 *
 * <p>The check is the beginning of a SHA-256 over format and bytes. It protects from accidents, not from attackers, who are
 * the service's business: a truncated or damaged blob is told apart from a refusal, without asking the service.
 */
public final class WrapFrame {
  private static final byte FORMAT = 1;
  private static final int CHECK_BYTES = 8;

  private WrapFrame() {}

  public static byte[] around(byte[] blob) {
    ByteBuffer frame =
        ByteBuffer.allocate(1 + blob.length + CHECK_BYTES).put(FORMAT).put(blob);
    return frame.put(check(frame.array(), 1 + blob.length)).array();
  }

  /**
   * What is in the frame.
   *
   * @throws InvalidWrappedKeyException when it is no frame, or was damaged
   */
  public static byte[] open(WrappedKey wrapped) {
    byte[] frame = wrapped.bytes();
    int end = frame.length - CHECK_BYTES;
    if (end <= 1
        || frame[0] != FORMAT
        || !Arrays.equals(check(frame, end), Arrays.copyOfRange(frame, end, frame.length))) {
      throw new InvalidWrappedKeyException("the wrapped key of " + wrapped.kekVersion()
          + " was damaged or cut short; restore it from a backup of the store");
    }
    return Arrays.copyOfRange(frame, 1, end);
  }

  private static byte[] check(byte[] frame, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(frame, 0, length);
      return Arrays.copyOf(digest.digest(), CHECK_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
