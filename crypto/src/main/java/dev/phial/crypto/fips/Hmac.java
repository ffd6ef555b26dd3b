package dev.phial.crypto.fips;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC over any of the module's hashes, for published answers; the product itself uses {@link HmacSha256}. */
public final class Hmac {
  private Hmac() {}

  /** The whole digest of {@code message}. */
  public static byte[] digest(FipsModule module, HashName hash, byte[] key, byte[] message) {
    String name = "Hmac" + hash.name();
    try {
      Mac mac = Mac.getInstance(name, module.provider());
      mac.init(new SecretKeySpec(key, name));
      return mac.doFinal(message);
    } catch (GeneralSecurityException | RuntimeException | AssertionError e) {
      throw new FipsModuleException("the module refused an HMAC: see the cause", e);
    }
  }
}
