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
import java.util.ArrayList;
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
    Fields fields = new Fields(subject, keys.ring(KeyPurpose.ENCRYPT), items.size());
    items.forEach(item -> admit(fields, index, item));
    return fields.outcomes();
  }

  private void admit(Fields fields, Optional<BlindIndex> index, ProtectItem item) {
    Optional<Outcome> already = alreadyProtected(fields.subject, fields.ring, item);
    if (already.isPresent()) {
      fields.decide(already.get());
      return;
    }
    byte[] plain = item.value().bytes();
    String digest;
    try {
      digest = index.map(digests -> digests.digest(plain)).orElse("");
    } catch (IllegalArgumentException notText) {
      fields.decide(OneWay.invalid(fields.subject, Indexing.NOT_TEXT));
      return;
    }
    fields.add(context(fields.subject, item.context()), plain, digest);
  }

  /** The values of one element in a call: what is to be sealed is sealed together. */
  private final class Fields {
    private final Subject subject;
    private final KeyRing ring;
    private final Outcome[] decided;
    private final List<Integer> places = new ArrayList<>();
    private final List<DataContext> contexts = new ArrayList<>();
    private final List<byte[]> plaintexts = new ArrayList<>();
    private final List<String> digests = new ArrayList<>();
    private int next;

    Fields(Subject subject, KeyRing ring, int size) {
      this.subject = subject;
      this.ring = ring;
      this.decided = new Outcome[size];
    }

    void decide(Outcome outcome) {
      decided[next++] = outcome;
    }

    void add(DataContext context, byte[] plaintext, String digest) {
      places.add(next++);
      contexts.add(context);
      plaintexts.add(plaintext);
      digests.add(digest);
    }

    List<Outcome> outcomes() {
      if (!places.isEmpty()) {
        seal(ring.primary());
      }
      return List.of(decided);
    }

    private void seal(DataKey primary) {
      List<byte[]> sealed = cipher.sealAll(primary, contexts, plaintexts);
      for (int i = 0; i < sealed.size(); i++) {
        String text = write(subject.element(), sealed.get(i));
        decided[places.get(i)] =
            new Outcome.Protected(text, primary.id().version(), digests.get(i), false);
      }
    }
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
