package dev.phial.gateway.engine;

import dev.phial.gateway.policy.Element;
import java.util.List;
import java.util.OptionalInt;

/** Protects and recovers the values of one element of one tenant, on keys that are resolved already. Synchronous; thread-safe. */
interface ElementProtector {

  /** Which of the two operations a caller may ask for by name. */
  ProtectItem.Operation operation();

  /** Says what keys the other methods will want. */
  void declareNeeds(Element element, KeyNeeds needs);

  /** One outcome for each item, in order: {@link Outcome.Protected} or {@link Outcome.Refused}. */
  List<Outcome> protect(Subject subject, ResolvedKeys keys, List<ProtectItem> items);

  /** What each stored value is, in order. */
  List<Recovered> recover(Subject subject, ResolvedKeys keys, List<RevealItem> items);

  /** The key version of a stored, authentic value if it is the one that protects new values. */
  OptionalInt currentVersion(Subject subject, ResolvedKeys keys, RevealItem item);

  /** What to recover stored values with, and what to protect them with again. */
  default RenewalKeys renewal(Subject subject, ResolvedKeys keys) {
    return RenewalKeys.same(keys);
  }

  /** Two views of the same keys. */
  record RenewalKeys(ResolvedKeys old, ResolvedKeys current) {
    static RenewalKeys same(ResolvedKeys keys) {
      return new RenewalKeys(keys, keys);
    }
  }

  /** Whose value of what. */
  record Subject(String tenant, Element element) {}
}
