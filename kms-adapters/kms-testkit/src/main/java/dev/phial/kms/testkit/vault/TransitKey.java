package dev.phial.kms.testkit.vault;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** One key of the transit engine, with its versions from 1. */
final class TransitKey {
  static final int KEY_BYTES = 32;
  static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final String type;
  private final boolean derived;
  private final List<Version> versions = new CopyOnWriteArrayList<>();
  private volatile int minDecryption = 1;

  private record Version(SecretKeySpec material, Instant created) {}

  TransitKey(String type, boolean derived) {
    this.type = type;
    this.derived = derived;
  }

  void rotate(byte[] material, Instant now) {
    versions.add(new Version(new SecretKeySpec(material, "AES"), now));
  }

  void minDecryption(int version) {
    minDecryption = version;
  }

  int minDecryption() {
    return minDecryption;
  }

  int latest() {
    return versions.size();
  }

  String type() {
    return type;
  }

  boolean aead() {
    return type.endsWith("-gcm96") || type.equals("chacha20-poly1305");
  }

  /** What reading it tells: no key material. */
  Map<String, Object> facts(String name) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", name);
    facts.put("type", type);
    facts.put("derived", derived);
    facts.put("latest_version", latest());
    facts.put("min_decryption_version", minDecryption);
    facts.put("min_encryption_version", 0);
    facts.put("min_available_version", 0);
    facts.put("supports_encryption", aead() || type.startsWith("rsa"));
    facts.put("supports_decryption", aead() || type.startsWith("rsa"));
    facts.put("supports_derivation", aead());
    facts.put("convergent_encryption", false);
    facts.put("exportable", false);
    facts.put("deletion_allowed", false);
    Map<String, Object> keys = new LinkedHashMap<>();
    for (int version = minDecryption; version <= latest(); version++) {
      keys.put(String.valueOf(version), versions.get(version - 1).created().getEpochSecond());
    }
    facts.put("keys", keys);
    return facts;
  }

  byte[] seal(int version, byte[] nonce, byte[] context, byte[] associated, byte[] plaintext)
      throws GeneralSecurityException {
    Cipher cipher = cipher(Cipher.ENCRYPT_MODE, version, nonce, context, associated);
    byte[] sealed = cipher.doFinal(plaintext);
    return ByteBuffer.allocate(nonce.length + sealed.length)
        .put(nonce)
        .put(sealed)
        .array();
  }

  byte[] open(int version, byte[] sealed, byte[] context, byte[] associated)
      throws GeneralSecurityException {
    if (sealed.length < NONCE_BYTES) {
      throw new VaultRefusal(400, "invalid ciphertext length");
    }
    byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
    Cipher cipher = cipher(Cipher.DECRYPT_MODE, version, nonce, context, associated);
    return cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
  }

  private Cipher cipher(int mode, int version, byte[] nonce, byte[] context, byte[] associated)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key(version, context), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(associated);
    return cipher;
  }

  private SecretKeySpec key(int version, byte[] context) throws GeneralSecurityException {
    SecretKeySpec material = versions.get(version - 1).material();
    if (!derived) {
      return material;
    }
    if (context.length == 0) {
      throw new VaultRefusal(
          400,
          "missing 'context' for key derivation; the key was created using a derived key, which"
              + " means additional, per-request information must be included in order to perform"
              + " operations with the key");
    }
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(material);
    return new SecretKeySpec(mac.doFinal(context), "AES");
  }
}
