package dev.phial.gateway.keys;

import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyAccess;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tells whether two data keys are the same without showing either: HMAC of a fixed text. */
final class Fingerprint {
  private static final byte[] TEXT =
      "the same text for every key".getBytes(StandardCharsets.US_ASCII);

  private Fingerprint() {}

  static String of(DataKey key) {
    return key.withMaterial(KeyAccess.toKeyMaterial(), Fingerprint::of);
  }

  private static String of(byte[] material) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(material, "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(TEXT));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
    }
  }
}
