package dev.phial.crypto.deid;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fips.HmacSha256;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.Derivation;
import dev.phial.crypto.key.KeptKey;
import dev.phial.crypto.key.KeyAccess;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.crypto.pool.Pool;
import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * Keyed one-way pseudonyms of one element of one tenant: equal values have equal ones, and nobody without the key can try
 * values. Their text may stand where an identifier may, a FHIR id included. Thread-safe.
 */
public final class KeyedHash {
  private static final String LABEL = "phial hash 1";
  private static final String PREFIX = "hs1.";
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int SYMBOLS = 52;
  private static final Pattern FORM = Pattern.compile("hs1\\.[a-z2-7]{51}[aq]");

  private final DataKey key;
  private final Pool<HmacSha256> macs;

  private KeyedHash(DataKey key, Pool<HmacSha256> macs) {
    this.key = key;
    this.macs = macs;
  }

  /**
   * The hashes of one element of one tenant under one key; worth keeping.
   *
   * @throws IllegalArgumentException when the key is not for {@link KeyPurpose#TOKENIZE}
   */
  public static KeyedHash of(FipsModule module, DataKey key, String tenant, String element) {
    key.requirePurpose(KeyPurpose.TOKENIZE);
    return new Derivation(module)
        .withSubkey(
            KeyAccess.toKeyMaterial(),
            key,
            LABEL,
            tenant,
            element,
            subkey -> new KeyedHash(
                key,
                KeptKey.of(key, subkey)
                    .pool(KeyAccess.toKeyMaterial(), bytes -> new HmacSha256(module, bytes))));
  }

  /** Whether {@code text} has the form of a hash: one in 2^260 texts of its length does by chance. */
  public static boolean looksLikeHash(String text) {
    return text.length() == PREFIX.length() + SYMBOLS && FORM.matcher(text).matches();
  }

  /**
   * The hash of {@code value}: {@code hs1.} and 52 characters of base32.
   *
   * @throws dev.phial.crypto.key.KeyDestroyedException when the key was destroyed
   */
  public String hash(byte[] value) {
    key.requireAlive();
    HmacSha256 mac = macs.borrow();
    byte[] digest = mac.digest(value);
    macs.giveBack(mac);
    return PREFIX + base32(digest);
  }

  /** RFC 4648 in lower case, without padding: 256 bits and four zero bits. */
  private static String base32(byte[] digest) {
    BigInteger bits = new BigInteger(1, digest).shiftLeft(SYMBOLS * 5 - digest.length * 8);
    char[] symbols = new char[SYMBOLS];
    for (int i = SYMBOLS - 1; i >= 0; i--) {
      symbols[i] = ALPHABET.charAt(bits.intValue() & 31);
      bits = bits.shiftRight(5);
    }
    return new String(symbols);
  }
}
