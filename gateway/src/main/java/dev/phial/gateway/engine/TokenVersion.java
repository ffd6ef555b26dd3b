package dev.phial.gateway.engine;

import dev.phial.crypto.key.KeyPurpose;
import dev.phial.crypto.token.Marks;
import dev.phial.gateway.engine.ElementProtector.Subject;
import dev.phial.gateway.keys.Pin;
import dev.phial.gateway.policy.Element;
import dev.phial.gateway.policy.Protection;
import dev.phial.gateway.policy.Protection.KeyVersionMode;

/**
 * The key version of a token. FF1 has no integrity, so it is known for certain or there is none: nothing is tried (decision
 * record 0005).
 */
sealed interface TokenVersion {

  /** This version, whatever has become of its key. */
  record Known(int version) implements TokenVersion {}

  /** The text is no token of a kind that carries its version. */
  record NotAToken() implements TokenVersion {}

  /** It cannot be told at this moment, or from what was given. */
  record Unknown(RefusalCode code, String why) implements TokenVersion {}

  /** The version that new tokens of the element are made with. */
  static TokenVersion forNew(Subject subject, ResolvedKeys keys) {
    return mode(subject.element()) == KeyVersionMode.PINNED
        ? ofUnnamed(keys.pin(subject.element().name()))
        : new Known(keys.ring(KeyPurpose.TOKENIZE).primary().id().version());
  }

  /** The version that a given token was made with. */
  static TokenVersion of(Subject subject, ResolvedKeys keys, RevealItem item) {
    return switch (mode(subject.element())) {
      case PINNED -> ofPinned(keys.pin(subject.element().name()), item.keyVersion());
      case MARKED -> ofMarked(item.value());
      case BESIDE -> ofNamed(item.keyVersion());
    };
  }

  static KeyVersionMode mode(Element element) {
    return ((Protection.Tokenize) element.protection()).keyVersion();
  }

  private static TokenVersion ofPinned(Pin pin, int named) {
    if (named == 0) {
      return ofUnnamed(pin);
    }
    return pin.knows(named)
        ? new Known(named)
        : new Unknown(
            RefusalCode.INVALID_VALUE,
            "it has no tokens of the given key_version; its tokens are pinned to one: leave key_version out");
  }

  private static TokenVersion ofUnnamed(Pin pin) {
    if (pin instanceof Pin.Settled settled) {
      return new Known(settled.version());
    }
    if (pin instanceof Pin.Moving moving) {
      return new Known(moving.from());
    }
    Pin.Held held = (Pin.Held) pin;
    return new Unknown(
        RefusalCode.KEYS_UNAVAILABLE,
        "its tokens are being moved from key version " + held.from() + " to " + held.to()
            + "; give the key_version of each token, or try again when the move has ended");
  }

  private static TokenVersion ofMarked(String text) {
    return Marks.versionOf(text).isPresent()
        ? new Known(Marks.versionOf(text).getAsInt())
        : new NotAToken();
  }

  private static TokenVersion ofNamed(int named) {
    return named > 0
        ? new Known(named)
        : new Unknown(
            RefusalCode.INVALID_VALUE, "give the key_version that was returned with the token");
  }
}
