package dev.phial.kms.pkcs11;

import dev.phial.kms.KekRef;
import dev.phial.kms.KekVersion;
import javax.crypto.SecretKey;

/**
 * A KEK version in the token.
 *
 * @param label where it is
 * @param key a handle; the bytes stay in the token
 * @param check tells the key from another that came under the same label
 */
record TokenKey(KekLabel label, SecretKey key, String check) {

  /** {@code 2.9f3c2b7a01d45e68}: the number and the check value. */
  String id() {
    return label.number() + "." + check;
  }

  KekVersion version(KekRef kek) {
    return new KekVersion(kek, id());
  }
}
