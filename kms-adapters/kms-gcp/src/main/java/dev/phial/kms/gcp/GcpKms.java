package dev.phial.kms.gcp;

import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.BlockingKms;
import dev.phial.kms.KekDescription;
import dev.phial.kms.KekRef;
import dev.phial.kms.KekVersion;
import dev.phial.kms.KeyNotFoundException;
import dev.phial.kms.WrapContext;
import dev.phial.kms.WrapFrame;
import dev.phial.kms.WrappedKey;
import dev.phial.kms.rest.Json;
import java.util.Arrays;

/**
 * KEKs in Google Cloud KMS. The {@link WrapContext} is the additional authenticated data. A version is the number of the
 * key's version: Cloud KMS never gives a key's name or a version's number again.
 */
final class GcpKms implements BlockingKms {
  private static final String ENABLED = "ENABLED";

  private final String name;
  private final GcpKeys keys;

  GcpKms(String name, GcpKeys keys) {
    this.name = name;
    this.keys = keys;
  }

  @Override
  public WrappedKey wrap(KekRef kek, byte[] key, WrapContext context) {
    Json answer = keys.crypt(kek.key(), "encrypt", "plaintext", key, context.encoded());
    boolean arrived = answer.text("verifiedPlaintextCrc32c").equals("true")
        && answer.text("verifiedAdditionalAuthenticatedDataCrc32c").equals("true");
    if (!arrived) {
      throw keys.damaged();
    }
    byte[] ciphertext = keys.checked(answer, "ciphertext");
    return WrappedKey.of(version(kek, answer.text("name")), WrapFrame.around(ciphertext));
  }

  @Override
  public byte[] unwrap(WrappedKey wrapped, WrapContext context) {
    KekVersion version = wrapped.kekVersion();
    if (!version.id().matches("[1-9][0-9]{0,17}")) {
      throw new KeyNotFoundException("kms '" + name + "' has no KEK version " + version);
    }
    byte[] ciphertext = WrapFrame.open(wrapped);
    Json answer =
        keys.crypt(version.kek().key(), "decrypt", "ciphertext", ciphertext, context.encoded());
    return keys.checked(answer, "plaintext");
  }

  @Override
  public WrappedKey rewrap(WrappedKey wrapped, KekRef kek, WrapContext context) {
    byte[] key = unwrap(wrapped, context);
    try {
      return wrap(kek, key, context);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  @Override
  public KekDescription describe(KekRef kek) {
    Json key = keys.describe(kek.key());
    if (!key.text("purpose").equals("ENCRYPT_DECRYPT")) {
      throw new AccessDeniedException(
          "KEK " + kek + " is not for symmetric encryption; its purpose must be ENCRYPT_DECRYPT");
    }
    return new KekDescription(
        version(kek, key.text("primary.name")),
        "Google Cloud KMS " + key.text("primary.algorithm") + ", "
            + key.text("primary.protectionLevel"),
        key.text("primary.state").equals(ENABLED));
  }

  @Override
  public void close() {
    // The JDK's HTTP client ends with its last reference.
  }

  private KekVersion version(KekRef kek, String resource) {
    String prefix = kek.key() + "/cryptoKeyVersions/";
    if (!resource.startsWith(prefix) || resource.length() == prefix.length()) {
      throw keys.damaged();
    }
    return new KekVersion(kek, resource.substring(prefix.length()));
  }
}
