package dev.phial.gateway.policy;

import dev.phial.crypto.deid.Zip3;
import dev.phial.crypto.deid.ZipAreas;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** What the audit log knows a policy by: SHA-256 of its source and of what its rules read from other files. */
final class PolicyDigest {
  private PolicyDigest() {}

  static String of(byte[] source, Map<String, Element> elements) {
    MessageDigest digest = sha256();
    digest.update(source);
    new TreeMap<>(elements).forEach((name, element) -> {
      if (element.protection() instanceof Protection.Generalize generalize
          && generalize.rule() instanceof Zip3 zip
          && !zip.areas().equals(ZipAreas.census2000())) {
        digest.update(text(name, zip.areas()).getBytes(StandardCharsets.UTF_8));
      }
    });
    return HexFormat.of().formatHex(digest.digest());
  }

  /** A zero separates it from the source, which is YAML and has none. */
  private static String text(String element, ZipAreas areas) {
    return "\u0000" + element + "\u0000" + areas.census() + "\u0000" + areas.source() + "\u0000"
        + areas.listedAreShown() + "\u0000" + String.join(",", areas.listed());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
