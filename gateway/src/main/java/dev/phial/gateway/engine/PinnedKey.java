package dev.phial.gateway.engine;

import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.engine.ElementProtector.Subject;
import dev.phial.gateway.keys.KeyRing;
import dev.phial.gateway.keys.Pin;
import java.util.function.Function;

/** The key of a pinned version, or why it cannot be used. */
sealed interface PinnedKey {

  /** It can. */
  record Found(DataKey key) implements PinnedKey {}

  /** It cannot. */
  record Missing(Outcome.Refused refusal) implements PinnedKey {}

  /** What has no way back cannot be made again, so such a pin is never moved; if it were, nothing would be made. */
  static PinnedKey of(Subject subject, ResolvedKeys keys, String pin) {
    return keys.pin(pin) instanceof Pin.Settled settled
        ? of(subject, settled.version(), keys.ring(KeyPurpose.TOKENIZE))
        : new Missing(KeyVersions.lost(subject));
  }

  private static PinnedKey of(Subject subject, int version, KeyRing ring) {
    KeyRing.Lookup lookup = ring.version(version);
    if (lookup instanceof KeyRing.Lookup.Usable usable) {
      return new Found(usable.key());
    }
    return new Missing(
        lookup instanceof KeyRing.Lookup.Retired retired
            ? KeyVersions.refusal(subject, version, retired)
            : KeyVersions.lost(subject));
  }

  /** What {@code use} makes of the key; without it, the refusal. */
  default Outcome then(Function<DataKey, Outcome> use) {
    return this instanceof Found found ? use.apply(found.key()) : ((Missing) this).refusal();
  }
}
