package dev.phial.crypto.fips;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 under one key. Not thread-safe. */
public final class HmacSha256 {
  private final Mac mac;

  /** Takes a copy of {@code key}, which has at least 14 bytes: the module refuses shorter ones. */
  public HmacSha256(FipsModule module, byte[] key) {
    try {
      mac = Mac.getInstance("HmacSHA256", module.provider());
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
    } catch (GeneralSecurityException | RuntimeException | AssertionError e) {
      throw new FipsModuleException("the module refused an HMAC key: see the cause", e);
    }
  }

  /** The 32-byte digest. */
  public byte[] digest(byte[] input) {
    try {
      return mac.doFinal(input);
    } catch (RuntimeException | AssertionError e) {
      throw new FipsModuleException(
          "the module refused to digest: see the cause and its health", e);
    }
  }
}
