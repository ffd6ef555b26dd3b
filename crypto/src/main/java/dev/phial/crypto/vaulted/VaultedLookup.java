package dev.phial.crypto.vaulted;

import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fips.HmacSha256;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.Derivation;
import dev.phial.crypto.key.KeptKey;
import dev.phial.crypto.key.KeyAccess;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.crypto.pool.Pool;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/**
 * Keyed digests by which the token of a value is found again: equal values in equal contexts have equal ones, and nobody
 * without the key can try values. Their key is their own: they match no index and no pseudonym of the same value.
 * Thread-safe.
 */
public final class VaultedLookup {
  private static final String LABEL = "phial vaulted lookup 1";
  private static final String PREFIX = "vl1:";

  private final DataKey key;
  private final String tenant;
  private final String element;
  private final Pool<HmacSha256> macs;

  private VaultedLookup(DataKey key, String tenant, String element, Pool<HmacSha256> macs) {
    this.key = key;
    this.tenant = tenant;
    this.element = element;
    this.macs = macs;
  }

  /**
   * The digests of one element of one tenant under one key; worth keeping.
   *
   * @throws IllegalArgumentException when the key is not for {@link KeyPurpose#TOKENIZE}
   */
  public static VaultedLookup of(FipsModule module, DataKey key, String tenant, String element) {
    key.requirePurpose(KeyPurpose.TOKENIZE);
    return new Derivation(module)
        .withSubkey(
            KeyAccess.toKeyMaterial(),
            key,
            LABEL,
            tenant,
            element,
            subkey -> new VaultedLookup(
                key,
                tenant,
                element,
                KeptKey.of(key, subkey)
                    .pool(KeyAccess.toKeyMaterial(), bytes -> new HmacSha256(module, bytes))));
  }

  /**
   * The digest of a value: {@code vl1:} and 43 characters of base64url. The context's encoding says where it ends, so
   * context and value cannot run into each other.
   *
   * @param caller the caller's own context
   * @throws IllegalArgumentException when a text of the context holds an unpaired surrogate
   * @throws dev.phial.crypto.key.KeyDestroyedException when the key was destroyed
   */
  public String digest(Map<String, String> caller, byte[] value) {
    key.requireAlive();
    byte[] context = new DataContext(tenant, element, caller).canonical();
    byte[] input = Arrays.copyOf(context, context.length + value.length);
    System.arraycopy(value, 0, input, context.length, value.length);
    HmacSha256 mac = macs.borrow();
    byte[] digest = mac.digest(input);
    macs.giveBack(mac);
    Arrays.fill(input, (byte) 0);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
  }
}
