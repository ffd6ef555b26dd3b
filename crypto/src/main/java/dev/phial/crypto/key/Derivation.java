package dev.phial.crypto.key;

import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.fips.CounterKdf;
import dev.phial.crypto.fips.FipsModule;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Subkeys of a data key for one element of one tenant (SP 800-108, counter mode): two elements, two tenants or two uses
 * never share one. Thread-safe.
 */
public final class Derivation {
  private final CounterKdf kdf;

  public Derivation(FipsModule module) {
    this.kdf = new CounterKdf(module);
  }

  /**
   * Runs {@code use} on the 32-byte subkey, which is wiped afterwards.
   *
   * @param label what the subkey is for; a constant of the caller's
   * @param tenant whose data
   * @param element the data element's name
   */
  public <T> T withSubkey(
      KeyAccess access,
      DataKey key,
      String label,
      String tenant,
      String element,
      Function<byte[], T> use) {
    return withSubkey(access, key, label, DataContext.of(tenant, element), use);
  }

  /**
   * As the other, for something narrower than an element.
   *
   * @param bound what the subkey is bound to; two that differ in anything have different subkeys
   */
  public <T> T withSubkey(
      KeyAccess access, DataKey key, String label, DataContext bound, Function<byte[], T> use) {
    byte[] context = bound.canonical();
    byte[] subkey =
        key.withMaterial(access, material -> kdf.derive(material, label, context, DataKey.LENGTH));
    try {
      return use.apply(subkey);
    } finally {
      Arrays.fill(subkey, (byte) 0);
    }
  }
}
