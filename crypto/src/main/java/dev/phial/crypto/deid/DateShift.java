package dev.phial.crypto.deid;

import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fips.HmacSha256;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.Derivation;
import dev.phial.crypto.key.KeptKey;
import dev.phial.crypto.key.KeyAccess;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.crypto.pool.Pool;
import java.math.BigInteger;
import java.util.Map;

/**
 * How many days the dates of one person are moved: the same for every date of one tenant, group of elements and context, so
 * that the days between two of them stay; never none; and for whoever has not the key each amount is as likely as any other.
 *
 * <p>Thread-safe. {@link #amount} fails with {@link dev.phial.crypto.key.KeyDestroyedException} once the data key was
 * destroyed.
 */
public final class DateShift {
  /** The most days by which dates may be moved. */
  public static final int MOST_DAYS = 3_650;

  private static final String LABEL = "phial shift 1";

  private final DataKey key;
  private final String tenant;
  private final String group;
  private final Pool<HmacSha256> macs;

  private DateShift(DataKey key, String tenant, String group, Pool<HmacSha256> macs) {
    this.key = key;
    this.tenant = tenant;
    this.group = group;
    this.macs = macs;
  }

  /**
   * The shifts of one group of elements of one tenant under one key; worth keeping.
   *
   * @throws IllegalArgumentException when the key is not for {@link KeyPurpose#TOKENIZE}
   */
  public static DateShift of(FipsModule module, DataKey key, String tenant, String group) {
    key.requirePurpose(KeyPurpose.TOKENIZE);
    return new Derivation(module)
        .withSubkey(
            KeyAccess.toKeyMaterial(),
            key,
            LABEL,
            tenant,
            group,
            subkey -> new DateShift(
                key,
                tenant,
                group,
                KeptKey.of(key, subkey)
                    .pool(KeyAccess.toKeyMaterial(), bytes -> new HmacSha256(module, bytes))));
  }

  /**
   * The amount for a context: from {@code -days} to {@code days}, never 0.
   *
   * @param context who the person is, and what else sets shifts apart
   * @param days 1 to {@link #MOST_DAYS}
   * @throws IllegalArgumentException when the context holds an unpaired surrogate
   */
  public int amount(Map<String, String> context, int days) {
    if (days < 1 || days > MOST_DAYS) {
      throw new IllegalArgumentException("a shift is 1 to " + MOST_DAYS + " days");
    }
    // 256 bits over at most 7,300 amounts: none is likelier than another by more than 2^-243.
    int place = digest(context).mod(BigInteger.valueOf(2L * days)).intValue();
    return place < days ? place - days : place - days + 1;
  }

  private BigInteger digest(Map<String, String> context) {
    key.requireAlive();
    byte[] canonical = new DataContext(tenant, group, context).canonical();
    HmacSha256 mac = macs.borrow();
    byte[] digest = mac.digest(canonical);
    macs.giveBack(mac);
    return new BigInteger(1, digest);
  }
}
