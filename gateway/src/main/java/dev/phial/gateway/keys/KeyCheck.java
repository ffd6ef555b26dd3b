package dev.phial.gateway.keys;

import dev.phial.kms.WrapContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Tells the right data key from a wrong one. A KMS that lies, or a store that was put together from two backups, could
 * hand us another key; FF1 under another key gives plausible wrong values without any error (threat T10, T48). So each
 * version is stored with a digest of its key and context, which is compared after unwrapping.
 *
 * <p>The digest tells nothing of use about a key of 256 uniformly random bits: finding it means trying them.
 */
final class KeyCheck {
  private static final byte[] LABEL = "phial data key check 1".getBytes(StandardCharsets.US_ASCII);

  private KeyCheck() {}

  static String of(byte[] key, WrapContext context) {
    return HexFormat.of().formatHex(digest(key, context));
  }

  static boolean matches(String check, byte[] key, WrapContext context) {
    return MessageDigest.isEqual(HexFormat.of().parseHex(check), digest(key, context));
  }

  /** The label and the key have fixed lengths, so the parts cannot run into each other. */
  private static byte[] digest(byte[] key, WrapContext context) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(LABEL);
      digest.update(key);
      return digest.digest(context.encoded());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
