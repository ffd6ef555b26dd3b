package dev.phial.gateway.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.phial.crypto.key.KeyId;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.crypto.key.KeyUsage;
import dev.phial.crypto.key.UsageLimit;

/**
 * What this process has protected under each key: remembered while the key itself is out of memory, so that a limit is one of the
 * process and not of one stay in memory. Thread-safe.
 */
final class Usages {
  /** A kilobyte each, and many more than keysets in memory. */
  private static final int REMEMBERED = 20_000;

  private final UsageLimit limit;
  private final Cache<KeyId, KeyUsage> usages =
      Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  Usages(UsageLimit limit) {
    this.limit = limit;
  }

  KeyUsage of(KeyId key, KeyPurpose purpose) {
    UsageLimit usual = UsageLimit.of(purpose);
    return usages.get(key, id -> new KeyUsage(purpose == KeyPurpose.ENCRYPT ? limit : usual));
  }
}
