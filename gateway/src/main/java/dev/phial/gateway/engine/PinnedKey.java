package dev.phial.gateway.engine;

import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.engine.ElementProtector.Subject;
import dev.phial.gateway.keys.KeyRing;
import java.util.function.Function;

/** The key of a pinned version, or why it cannot be used. */
sealed interface PinnedKey {

  /** It can. */
  record Found(DataKey key) implements PinnedKey {}

  /** It cannot. */
  record Missing(Outcome.Refused refusal) implements PinnedKey {}

  static PinnedKey of(Subject subject, ResolvedKeys keys, String pin) {
    int version = keys.settled(pin);
    KeyRing.Lookup lookup = keys.ring(KeyPurpose.TOKENIZE).version(version);
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
