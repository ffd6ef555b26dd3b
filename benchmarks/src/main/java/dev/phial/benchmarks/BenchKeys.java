package dev.phial.benchmarks;

import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyId;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.crypto.key.KeyUsage;
import dev.phial.crypto.key.UsageLimit;

/** Keys that protect nothing and so have no limit; their use is counted as that of others. */
final class BenchKeys {
  private BenchKeys() {}

  static DataKey of(KeyPurpose purpose) {
    return of(purpose, 1);
  }

  static DataKey of(KeyPurpose purpose, long keyset) {
    byte[] zeros = new byte[DataKey.LENGTH];
    return DataKey.of(new KeyId(keyset, 1), purpose, zeros, new KeyUsage(UsageLimit.NONE));
  }
}
