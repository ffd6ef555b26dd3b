package dev.phial.gateway.keys;

import dev.phial.crypto.key.UsageLimit;
import java.time.Duration;

/**
 * How much a data key protects in one process, and how many are in memory for how long (decision record 0016).
 *
 * @param usage what one encryption key may protect; then the keyset gets a new version
 * @param keysets how many keysets are in memory; the one unused for longest goes first
 * @param maxAge how long an opened key is used without the KMS having said again that it may be
 */
public record KeyLimits(UsageLimit usage, int keysets, Duration maxAge) {
  public static final KeyLimits DEFAULTS =
      new KeyLimits(UsageLimit.DEFAULT, 3_000, Duration.ofMinutes(5));

  public KeyLimits {
    if (keysets < 1) {
      throw new IllegalArgumentException("at least one keyset is in memory");
    }
    if (maxAge.isNegative() || maxAge.isZero()) {
      throw new IllegalArgumentException("a key is used for some time");
    }
  }

  /** When the KMS is asked again, so that a revoked key is known long before its age runs out. */
  Duration confirmAfter() {
    return maxAge.dividedBy(5);
  }
}
