package dev.phial.crypto.token;

import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.fips.HmacSha256;
import dev.phial.crypto.pool.Pool;
import java.util.Arrays;
import java.util.Map;

/**
 * FF1's tweaks: 16 bytes of a keyed digest of the canonical context, the caller's part included. Sixteen, because a tweak
 * of one whole block is processed once and then remembered. Thread-safe.
 */
final class Tweaks {
  private static final int LENGTH = 16;

  private final Pool<HmacSha256> macs;
  private final DataContext element;
  private final byte[] withoutCaller;

  Tweaks(Pool<HmacSha256> macs, DataContext element) {
    this.macs = macs;
    this.element = element;
    this.withoutCaller = digest(element);
  }

  /**
   * The tweak for a caller's context.
   *
   * @throws IllegalArgumentException when it holds an unpaired surrogate
   */
  byte[] of(Map<String, String> caller) {
    return caller.isEmpty()
        ? withoutCaller
        : digest(new DataContext(element.tenant(), element.element(), caller));
  }

  /** A tweak for what is enciphered beside parts that stay: the same digits behind another prefix become others. */
  static byte[] bound(byte[] tweak, byte[] kept) {
    if (kept.length == 0) {
      return tweak;
    }
    byte[] longer = Arrays.copyOf(tweak, tweak.length + kept.length);
    System.arraycopy(kept, 0, longer, tweak.length, kept.length);
    return longer;
  }

  private byte[] digest(DataContext context) {
    byte[] canonical = context.canonical();
    HmacSha256 mac = macs.borrow();
    byte[] digest = mac.digest(canonical);
    macs.giveBack(mac);
    return Arrays.copyOf(digest, LENGTH);
  }
}
