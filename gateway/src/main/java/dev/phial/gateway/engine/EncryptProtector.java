package dev.phial.gateway.engine;

import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.envelope.Envelope;
import dev.phial.crypto.envelope.EnvelopeCipher;
import dev.phial.crypto.envelope.EnvelopeFormatException;
import dev.phial.crypto.envelope.EnvelopeText;
import dev.phial.crypto.envelope.OpenFailedException;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.index.BlindIndex;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.keys.KeyRing;
import dev.phial.gateway.policy.Element;
import dev.phial.gateway.policy.Protection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Seals values in envelopes, bound to tenant, element, key version and the caller's context. */
final class EncryptProtector implements ElementProtector {
  private final FipsModule module;
  private final EnvelopeCipher cipher;

  EncryptProtector(FipsModule module) {
    this.module = module;
    this.cipher = new EnvelopeCipher(module);
  }

  @Override
  public ProtectItem.Operation operation() {
    return ProtectItem.Operation.ENCRYPT;
  }

  @Override
  public void declareNeeds(Element element, KeyNeeds needs) {
    needs.ring(KeyPurpose.ENCRYPT);
    if (rule(element).index().isPresent()) {
      needs.ring(KeyPurpose.INDEX);
    }
  }

  @Override
  public List<Outcome> protect(Subject subject, ResolvedKeys keys, List<ProtectItem> items) {
    Optional<BlindIndex> index = rule(subject.element())
        .index()
        .map(rule -> BlindIndex.of(
            module,
            keys.ring(KeyPurpose.INDEX).primary(),
            subject.tenant(),
            subject.element().name(),
            rule));
    return items.stream()
        .map(item -> protect(subject, keys.ring(KeyPurpose.ENCRYPT), index, item))
        .toList();
  }

  private Outcome protect(
      Subject subject, KeyRing ring, Optional<BlindIndex> index, ProtectItem item) {
    Optional<Outcome> already = alreadyProtected(subject, ring, item);
    if (already.isPresent()) {
      return already.get();
    }
    byte[] plain = item.value().bytes();
    String digest;
    try {
      digest = index.map(digests -> digests.digest(plain)).orElse("");
    } catch (IllegalArgumentException notText) {
      return OneWay.invalid(subject, Indexing.NOT_TEXT);
    }
    DataKey primary = ring.primary();
    byte[] sealed = cipher.seal(primary, context(subject, item.context()), plain);
    return new Outcome.Protected(
        write(subject.element(), sealed), primary.id().version(), digest, false);
  }

  /**
   * A value that was read as ciphertext and is written back stays as it is (T13); one that only looks so is refused, since
   * it could be another tenant's or element's, put here to be opened.
   */
  private Optional<Outcome> alreadyProtected(Subject subject, KeyRing ring, ProtectItem item) {
    return sealedText(subject.element(), item.value())
        .map(
            text -> recover(subject, ring, text, item.context()) instanceof Recovered.Plain
                ? new Outcome.Protected(text, EnvelopeText.parse(text).keyId().version(), "", true)
                : new Outcome.Refused(
                    RefusalCode.INVALID_VALUE,
                    "element " + subject.element().name()
                        + ": the value looks like a sealed one, but was not sealed for this tenant, element and context"));
  }

  @Override
  public List<Recovered> recover(Subject subject, ResolvedKeys keys, List<RevealItem> items) {
    KeyRing ring = keys.ring(KeyPurpose.ENCRYPT);
    return items.stream()
        .map(item -> recover(subject, ring, item.value(), item.context()))
        .toList();
  }

  @Override
  public OptionalInt currentVersion(Subject subject, ResolvedKeys keys, RevealItem item) {
    int version = EnvelopeText.parse(item.value()).keyId().version();
    return version == keys.ring(KeyPurpose.ENCRYPT).primary().id().version()
        ? OptionalInt.of(version)
        : OptionalInt.empty();
  }

  private Recovered recover(
      Subject subject, KeyRing ring, String text, Map<String, String> context) {
    if (!looksSealed(subject.element(), text)) {
      return new Recovered.Unprotected();
    }
    try {
      Envelope envelope = EnvelopeText.parse(text);
      return envelope.keyId().keyset() == ring.keysetId()
          ? open(subject, ring.version(envelope.keyId().version()), envelope, context)
          : notAuthentic(subject);
    } catch (OpenFailedException | EnvelopeFormatException e) {
      return notAuthentic(subject);
    }
  }

  private Recovered open(
      Subject subject, KeyRing.Lookup version, Envelope envelope, Map<String, String> context) {
    if (version instanceof KeyRing.Lookup.Usable usable) {
      return new Recovered.Plain(
          PlainValue.ofBytes(cipher.open(usable.key(), context(subject, context), envelope)));
    }
    return version instanceof KeyRing.Lookup.Retired retired
        ? KeyVersions.retired(subject, envelope.keyId().version(), retired)
        : notAuthentic(subject);
  }

  private static Recovered notAuthentic(Subject subject) {
    return Recovered.failed(
        RefusalCode.NOT_AUTHENTIC,
        "element " + subject.element().name()
            + ": the ciphertext is not one of this tenant, element and context, or was changed");
  }

  private static DataContext context(Subject subject, Map<String, String> caller) {
    return new DataContext(subject.tenant(), subject.element().name(), caller);
  }

  private static Protection.Encrypt rule(Element element) {
    return (Protection.Encrypt) element.protection();
  }

  private static boolean base64(Element element) {
    return rule(element).form() == Protection.SealedForm.BASE64;
  }

  private static String write(Element element, byte[] sealed) {
    return base64(element) ? EnvelopeText.toBase64(sealed) : EnvelopeText.toText(sealed);
  }

  private static boolean looksSealed(Element element, String text) {
    return EnvelopeText.looksLikeText(text)
        || (base64(element) && EnvelopeText.looksLikeBase64(text));
  }

  private static Optional<String> sealedText(Element element, PlainValue value) {
    try {
      return Optional.of(value.text()).filter(text -> looksSealed(element, text));
    } catch (IllegalArgumentException notText) {
      return Optional.empty();
    }
  }
}
