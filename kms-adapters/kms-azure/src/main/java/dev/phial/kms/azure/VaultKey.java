package dev.phial.kms.azure;

import dev.phial.kms.rest.Json;

/**
 * A version of a key in the vault.
 *
 * @param version its id, 32 hex digits; never given again
 * @param type such as {@code RSA-HSM} or {@code oct-HSM}
 * @param enabled whether it may be used
 */
record VaultKey(String version, String type, boolean enabled) {

  static VaultKey of(Json answer) {
    String id = answer.text("key.kid");
    return new VaultKey(
        id.substring(id.lastIndexOf('/') + 1),
        answer.text("key.kty"),
        answer.text("attributes.enabled").equals("true"));
  }

  /** How the vault wraps with it: RSA keys by OAEP, symmetric ones (Managed HSM) by AES key wrap. */
  String algorithm() {
    return type.startsWith("oct") ? "A256KW" : "RSA-OAEP-256";
  }

  boolean fit() {
    return enabled && (type.startsWith("RSA") || type.startsWith("oct"));
  }
}
