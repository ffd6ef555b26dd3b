package dev.phial.gateway.engine;

import dev.phial.gateway.engine.ElementProtector.Subject;
import dev.phial.gateway.keys.KeyRing;

/** What is said when a key version cannot be used. */
final class KeyVersions {
  private KeyVersions() {}

  static Recovered retired(Subject subject, int version, KeyRing.Lookup.Retired retired) {
    return new Recovered.Failed(refusal(subject, version, retired));
  }

  static Outcome.Refused refusal(Subject subject, int version, KeyRing.Lookup.Retired retired) {
    return new Outcome.Refused(
        RefusalCode.KEY_RETIRED,
        "element " + subject.element().name() + ": key version " + version + " is "
            + retired.state() + "; an administrator can say more");
  }

  /** A pin names a version that the ring has not. */
  static Outcome.Refused lost(Subject subject) {
    return new Outcome.Refused(
        RefusalCode.KEYS_UNAVAILABLE,
        "element " + subject.element().name()
            + ": its pinned key version is missing from the store");
  }
}
