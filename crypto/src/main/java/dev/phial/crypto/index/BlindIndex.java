package dev.phial.crypto.index;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fips.HmacSha256;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.Derivation;
import dev.phial.crypto.key.KeyAccess;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.crypto.pool.Pool;
import java.util.Base64;

/**
 * Keyed digests of one element of one tenant, for equality search over encrypted values: equal values have equal
 * digests, and nobody without the key can tell or try values. Whoever sees the digests learns how often each occurs.
 *
 * <p>Thread-safe. The value is digested as it is: whoever wants case or spaces to be ignored normalises before.
 */
public final class BlindIndex {
  private static final String PREFIX = "ix1:";
  private static final String LABEL = "phial index 1";

  private final DataKey key;
  private final Pool<HmacSha256> macs;

  private BlindIndex(DataKey key, Pool<HmacSha256> macs) {
    this.key = key;
    this.macs = macs;
  }

  /**
   * The index of one element of one tenant under one key; worth keeping.
   *
   * @throws IllegalArgumentException when the key is not for {@link KeyPurpose#INDEX}
   */
  public static BlindIndex of(FipsModule module, DataKey key, String tenant, String element) {
    key.requirePurpose(KeyPurpose.INDEX);
    return new Derivation(module)
        .withSubkey(KeyAccess.toKeyMaterial(), key, LABEL, tenant, element, subkey -> {
          byte[] kept = subkey.clone();
          return new BlindIndex(key, new Pool<>(() -> new HmacSha256(module, kept)));
        });
  }

  /**
   * The digest of {@code value} as {@code ix1:} and 43 characters of base64url.
   *
   * @throws dev.phial.crypto.key.KeyDestroyedException when the key was destroyed
   */
  public String digest(byte[] value) {
    key.requireAlive();
    HmacSha256 mac = macs.borrow();
    byte[] digest = mac.digest(value);
    macs.giveBack(mac);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
  }
}
