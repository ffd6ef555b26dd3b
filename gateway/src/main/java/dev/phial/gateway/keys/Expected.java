package dev.phial.gateway.keys;

import dev.phial.gateway.store.StoredKeyset;
import dev.phial.gateway.store.StoredVersion;
import dev.phial.kms.WrapContext;
import dev.phial.kms.WrappedKey;
import java.util.Arrays;

/**
 * What the wrapped forms of a version must open to.
 *
 * @param version its number
 * @param check tells its data key from every other
 * @param context what it is for; the same for each of its KEKs, so that neither form opens in another place
 */
record Expected(int version, String check, WrapContext context) {
  static Expected of(StoredKeyset keyset, StoredVersion version) {
    return new Expected(
        version.version(),
        version.check(),
        new WrapContext(keyset.tenant(), keyset.purpose().name(), keyset.id(), version.version()));
  }

  /** The material if it is right; if not, it is wiped. */
  byte[] require(WrappedKey wrapped, byte[] material) {
    if (!KeyCheck.matches(check, material, context)) {
      Arrays.fill(material, (byte) 0);
      throw new IllegalStateException("kms '" + wrapped.kekVersion().kek().kms()
          + "' unwrapped something that is not the key of version " + version);
    }
    return material;
  }
}
