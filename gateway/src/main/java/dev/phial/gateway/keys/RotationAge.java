package dev.phial.gateway.keys;

import dev.phial.gateway.store.StoredKeyset;
import java.time.Duration;
import java.time.Instant;

/**
 * When a keyset for encryption gets a new version because its primary is old (decision record 0018). The moment is the same in every
 * process, and another one for each keyset.
 *
 * @param every no primary gets older; from {@link #SHORTEST} to {@link #LONGEST}
 * @param jitter rotations are spread over so long before; less than {@code every}
 */
public record RotationAge(Duration every, Duration jitter) {
  public static final Duration SHORTEST = Duration.ofHours(1);
  public static final Duration LONGEST = Duration.ofDays(3_650);

  public RotationAge {
    if (every.compareTo(SHORTEST) < 0 || every.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "keys rotate every hour at most, and in ten years at least");
    }
    if (jitter.isNegative() || jitter.compareTo(every) >= 0) {
      throw new IllegalArgumentException("the jitter is less than the time between rotations");
    }
  }

  /** When the primary of a keyset is too old. */
  Instant due(StoredKeyset keyset) {
    Instant created = keyset.versions().get(keyset.primary() - 1).created();
    return created.plus(every).minusMillis(early(keyset));
  }

  private long early(StoredKeyset keyset) {
    // The multiplier is that of Knuth's generator: neighbours get far apart. An id is random
    // already, a version is not.
    long mixed = (keyset.id() ^ keyset.primary()) * 6_364_136_223_846_793_005L;
    return jitter.isZero() ? 0 : Math.floorMod(mixed ^ (mixed >>> 32), jitter.toMillis());
  }
}
