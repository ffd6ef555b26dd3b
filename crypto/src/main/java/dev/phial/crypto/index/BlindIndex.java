package dev.phial.crypto.index;

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

/**
 * Keyed digests of one element of one tenant, for equality search over encrypted values: equal values have equal
 * digests, and nobody without the key can tell or try values. Whoever sees the digests learns how often each occurs.
 *
 * <p>Thread-safe. What is ignored and how much of a digest is kept says the {@link IndexRule}; two rules never make equal
 * digests, since each has a key of its own.
 */
public final class BlindIndex {
  private static final String PREFIX = "ix1:";
  private static final String LABEL = "phial index 1";
  // Followed by the rule's family, in the digest's prefix and in the subkey's label.
  private static final String RULED_PREFIX = "ix2:";
  private static final String RULED_LABEL = "phial index 2 ";

  private final DataKey key;
  private final IndexRule rule;
  private final Pool<HmacSha256> macs;

  private BlindIndex(DataKey key, IndexRule rule, Pool<HmacSha256> macs) {
    this.key = key;
    this.rule = rule;
    this.macs = macs;
  }

  /**
   * The index of one element of one tenant under one key, of values as they are; worth keeping.
   *
   * @throws IllegalArgumentException when the key is not for {@link KeyPurpose#INDEX}
   */
  public static BlindIndex of(FipsModule module, DataKey key, String tenant, String element) {
    return of(module, key, tenant, element, IndexRule.EXACT);
  }

  /**
   * The index of one element of one tenant under one key, by a rule; worth keeping.
   *
   * @throws IllegalArgumentException when the key is not for {@link KeyPurpose#INDEX}
   */
  public static BlindIndex of(
      FipsModule module, DataKey key, String tenant, String element, IndexRule rule) {
    key.requirePurpose(KeyPurpose.INDEX);
    String label = rule.equals(IndexRule.EXACT) ? LABEL : RULED_LABEL + rule.family();
    return new Derivation(module)
        .withSubkey(
            KeyAccess.toKeyMaterial(),
            key,
            label,
            tenant,
            element,
            subkey -> new BlindIndex(
                key,
                rule,
                KeptKey.of(key, subkey)
                    .pool(KeyAccess.toKeyMaterial(), bytes -> new HmacSha256(module, bytes))));
  }

  /**
   * The digest of {@code value}: {@code ix1:} and 43 characters of base64url for values as they are, otherwise {@code ix2:},
   * the rule's family, and as many characters as the bytes that hold its bits. Empty when the rule ignores everything there is of the value:
   * all such values would look equal.
   *
   * @throws IllegalArgumentException when the rule takes text and the value is none
   * @throws dev.phial.crypto.key.KeyDestroyedException when the key was destroyed
   */
  public String digest(byte[] value) {
    key.requireAlive();
    key.count(1, value.length);
    byte[] normalized = rule.normalized(value);
    return normalized.length == 0 && !rule.normalizers().isEmpty()
        ? ""
        : prefix() + text(truncated(mac(normalized), rule.bits()));
  }

  private byte[] mac(byte[] input) {
    HmacSha256 mac = macs.borrow();
    byte[] digest = mac.digest(input);
    macs.giveBack(mac);
    return digest;
  }

  private String prefix() {
    return rule.equals(IndexRule.EXACT) ? PREFIX : RULED_PREFIX + rule.family() + ":";
  }

  /** The first bits; what is left of the last byte is zero. */
  private static byte[] truncated(byte[] digest, int bits) {
    byte[] kept = Arrays.copyOf(digest, (bits + 7) / 8);
    int spare = kept.length * 8 - bits;
    kept[kept.length - 1] &= (byte) (0xFF << spare);
    return kept;
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
