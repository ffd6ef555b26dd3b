package dev.phial.gateway.engine;

import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.crypto.token.Marks;
import dev.phial.crypto.token.TokenInput;
import dev.phial.crypto.token.TokenOutcome;
import dev.phial.gateway.keys.KeyRing;
import dev.phial.gateway.keys.Pin;
import dev.phial.gateway.policy.Element;
import dev.phial.gateway.policy.Protection.KeyVersionMode;
import java.util.List;
import java.util.OptionalInt;

/**
 * Format-preserving tokens. FF1 has no integrity, so before any token is turned back its key version is known for certain:
 * pinned, marked in the token, or given beside it (decision record 0005). All values of one version run in lockstep.
 */
final class TokenizeProtector implements ElementProtector {
  private final TokenizerCache tokenizers;

  TokenizeProtector(TokenizerCache tokenizers) {
    this.tokenizers = tokenizers;
  }

  @Override
  public ProtectItem.Operation operation() {
    return ProtectItem.Operation.TOKENIZE;
  }

  @Override
  public void declareNeeds(Element element, KeyNeeds needs) {
    needs.ring(KeyPurpose.TOKENIZE);
    if (TokenVersion.mode(element) == KeyVersionMode.PINNED) {
      needs.pin(element.name());
    }
  }

  @Override
  public List<Outcome> protect(Subject subject, ResolvedKeys keys, List<ProtectItem> items) {
    TokenVersion version = TokenVersion.forNew(subject, keys);
    return version instanceof TokenVersion.Known known
        ? protect(subject, keys, items, known.version())
        : items.stream().map(item -> (Outcome) undecided(subject, version)).toList();
  }

  private List<Outcome> protect(
      Subject subject, ResolvedKeys keys, List<ProtectItem> items, int version) {
    KeyRing ring = keys.ring(KeyPurpose.TOKENIZE);
    if (!(ring.version(version) instanceof KeyRing.Lookup.Usable usable)) {
      return items.stream().map(item -> unusable(subject, version, ring)).toList();
    }
    Lockstep<Outcome> batch = new Lockstep<>(items.size());
    for (int place = 0; place < items.size(); place++) {
      admit(subject, keys, items.get(place), place, version, batch);
    }
    batch.run(
        (v, inputs) -> tokenizers.of(subject, usable.key()).tokenize(inputs),
        (v, outcome) -> made(subject, v, outcome));
    return batch.outcomes();
  }

  @Override
  public OptionalInt currentVersion(Subject subject, ResolvedKeys keys, RevealItem item) {
    return TokenVersion.forNew(subject, keys) instanceof TokenVersion.Known current
            && TokenVersion.of(subject, keys, item).equals(current)
        ? OptionalInt.of(current.version())
        : OptionalInt.empty();
  }

  /** Of a pin that is being moved only named versions are believed, and new tokens are those of its target. */
  @Override
  public RenewalKeys renewal(Subject subject, ResolvedKeys keys) {
    String element = subject.element().name();
    if (TokenVersion.mode(subject.element()) != KeyVersionMode.PINNED) {
      return RenewalKeys.same(keys);
    }
    if (keys.pin(element) instanceof Pin.Moving moving) {
      return renewal(element, keys, new Pin.Held(moving.from(), moving.to()));
    }
    return keys.pin(element) instanceof Pin.Held held
        ? renewal(element, keys, held)
        : RenewalKeys.same(keys);
  }

  private static RenewalKeys renewal(String element, ResolvedKeys keys, Pin.Held held) {
    return new RenewalKeys(
        keys.with(element, held), keys.with(element, new Pin.Settled(held.to())));
  }

  private void admit(
      Subject subject,
      ResolvedKeys keys,
      ProtectItem item,
      int place,
      int version,
      Lockstep<Outcome> batch) {
    String text;
    try {
      text = item.value().text();
    } catch (IllegalArgumentException notText) {
      batch.decide(place, invalid(subject, "a token needs text in UTF-8"));
      return;
    }
    if (TokenVersion.mode(subject.element()) == KeyVersionMode.BESIDE
        && item.operation() == ProtectItem.Operation.AS_POLICY) {
      batch.decide(
          place,
          invalid(
              subject,
              "its key version is kept beside the token, and this channel has no place for it"));
    } else if (TokenVersion.mode(subject.element()) == KeyVersionMode.MARKED
        && Marks.versionOf(text).isPresent()) {
      batch.decide(place, alreadyToken(subject, keys, item, text));
    } else {
      batch.add(place, version, new TokenInput(text, item.context()));
    }
  }

  /** A token that was read as a token and is written back stays as it is (T13). */
  private Outcome alreadyToken(Subject subject, ResolvedKeys keys, ProtectItem item, String text) {
    RevealItem asToken = new RevealItem(item.element(), text, item.context(), 0, item.operation());
    return recover(subject, keys, List.of(asToken)).get(0) instanceof Recovered.Plain
        ? new Outcome.Protected(text, Marks.versionOf(text).orElse(0), "", true)
        : invalid(
            subject,
            "the value looks like a token, but is none of this tenant, element and context");
  }

  private static Outcome made(Subject subject, int version, TokenOutcome outcome) {
    return outcome instanceof TokenOutcome.Token token
        ? new Outcome.Protected(token.text(), version, "", false)
        : invalid(
            subject,
            outcome instanceof TokenOutcome.Invalid invalid
                ? invalid.message()
                : "no token was made");
  }

  @Override
  public List<Recovered> recover(Subject subject, ResolvedKeys keys, List<RevealItem> items) {
    KeyRing ring = keys.ring(KeyPurpose.TOKENIZE);
    Lockstep<Recovered> batch = new Lockstep<>(items.size());
    for (int place = 0; place < items.size(); place++) {
      RevealItem item = items.get(place);
      TokenVersion version = TokenVersion.of(subject, keys, item);
      if (version instanceof TokenVersion.Known known) {
        sort(subject, ring, item, place, known.version(), batch);
      } else {
        batch.decide(place, withoutVersion(subject, version));
      }
    }
    batch.run(
        (version, inputs) -> tokenizers.of(subject, key(ring, version)).detokenize(inputs),
        (version, outcome) -> recovered(subject, outcome));
    return batch.outcomes();
  }

  private static void sort(
      Subject subject,
      KeyRing ring,
      RevealItem item,
      int place,
      int version,
      Lockstep<Recovered> batch) {
    KeyRing.Lookup lookup = ring.version(version);
    if (lookup instanceof KeyRing.Lookup.Usable) {
      batch.add(place, version, new TokenInput(item.value(), item.context()));
    } else if (lookup instanceof KeyRing.Lookup.Retired retired) {
      batch.decide(place, KeyVersions.retired(subject, version, retired));
    } else {
      batch.decide(place, notAuthentic(subject));
    }
  }

  private static Recovered withoutVersion(Subject subject, TokenVersion version) {
    return version instanceof TokenVersion.NotAToken
        ? new Recovered.Unprotected()
        : new Recovered.Failed(undecided(subject, version));
  }

  private static Outcome.Refused undecided(Subject subject, TokenVersion version) {
    TokenVersion.Unknown unknown = (TokenVersion.Unknown) version;
    return new Outcome.Refused(
        unknown.code(), "element " + subject.element().name() + ": " + unknown.why());
  }

  private static Recovered recovered(Subject subject, TokenOutcome outcome) {
    return outcome instanceof TokenOutcome.Value value
        ? new Recovered.Plain(PlainValue.ofText(value.text()))
        : notAuthentic(subject);
  }

  private static DataKey key(KeyRing ring, int version) {
    return ((KeyRing.Lookup.Usable) ring.version(version)).key();
  }

  private static Recovered notAuthentic(Subject subject) {
    return Recovered.failed(
        RefusalCode.NOT_AUTHENTIC,
        "element " + subject.element().name()
            + ": not a token of this tenant, element and context");
  }

  private static Outcome unusable(Subject subject, int version, KeyRing ring) {
    return ring.version(version) instanceof KeyRing.Lookup.Retired retired
        ? KeyVersions.refusal(subject, version, retired)
        : KeyVersions.lost(subject);
  }

  private static Outcome.Refused invalid(Subject subject, String why) {
    return new Outcome.Refused(
        RefusalCode.INVALID_VALUE, "element " + subject.element().name() + ": " + why);
  }
}
