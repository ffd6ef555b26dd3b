package dev.phial.gateway.engine;

import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.envelope.EnvelopeFormatException;
import dev.phial.crypto.envelope.EnvelopeText;
import dev.phial.crypto.envelope.OpenFailedException;
import dev.phial.crypto.envelope.RecordCipher;
import dev.phial.crypto.envelope.RecordFields;
import dev.phial.crypto.envelope.SealedRecord;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.index.BlindIndex;
import dev.phial.crypto.index.IndexRule;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.keys.KeyResolver;
import dev.phial.gateway.policy.Access;
import dev.phial.gateway.policy.Policy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** The core of {@link RecordEngine}: decides by the policy, field by field, around one sealing or opening. */
public final class PolicyRecords implements RecordEngine {
  private static final String WHAT = "the record";

  private final Supplier<Policy> policy;
  private final FipsModule module;
  private final RecordCipher cipher;
  private final CryptoWork work;
  private final KeyedWork keyed;

  /** As {@link PolicyEngine}. */
  public PolicyRecords(
      Supplier<Policy> policy,
      KeyResolver keys,
      FipsModule module,
      EngineLimits limits,
      Executor cryptoPool) {
    this.policy = policy;
    this.module = module;
    this.cipher = new RecordCipher(module);
    this.work = new CryptoWork(limits, cryptoPool);
    this.keyed = new KeyedWork(keys, work);
  }

  @Override
  public CompletionStage<RecordOutcome> protectRecord(Call call, PlainRecord record) {
    Access access = new Access(policy.get());
    EncryptedElements elements = new EncryptedElements(access, call);
    for (String element : new TreeSet<>(record.fields().keySet())) {
      Optional<Outcome.Refused> refusal = elements.protectRefusal(element);
      if (refusal.isPresent()) {
        return CompletableFuture.completedFuture(new RecordOutcome.Denied(element, refusal.get()));
      }
    }
    long bytes = record.bytes();
    try {
      work.requireSize(bytes);
      requireName(record.name());
    } catch (EngineException e) {
      return CompletableFuture.failedFuture(e);
    }
    KeyNeeds needs = new KeyNeeds();
    needs.ring(KeyPurpose.ENCRYPT);
    Map<String, IndexRule> indexed = new HashMap<>();
    record
        .fields()
        .keySet()
        .forEach(element ->
            Indexing.rule(access.policy(), element).ifPresent(rule -> indexed.put(element, rule)));
    if (!indexed.isEmpty()) {
      needs.ring(KeyPurpose.INDEX);
    }
    return keyed.run(
        needs, call.caller().tenant(), bytes, resolved -> seal(call, record, indexed, resolved));
  }

  private RecordOutcome seal(
      Call call, PlainRecord record, Map<String, IndexRule> indexed, ResolvedKeys resolved) {
    Map<String, byte[]> values = new HashMap<>();
    record.fields().forEach((element, value) -> values.put(element, value.bytes()));
    RecordFields fields;
    DataContext context;
    try {
      fields = RecordFields.of(values);
      context = context(call, record.name(), record.context());
      context.canonical();
    } catch (IllegalArgumentException e) {
      throw new EngineException(RefusalCode.INVALID_VALUE, String.valueOf(e.getMessage()));
    }
    Map<String, String> indexes = indexes(call, fields, indexed, resolved);
    DataKey primary = resolved.ring(KeyPurpose.ENCRYPT).primary();
    String text = EnvelopeText.toText(cipher.seal(primary, context, fields));
    return new RecordOutcome.Sealed(text, primary.id().version(), indexes);
  }

  private Map<String, String> indexes(
      Call call, RecordFields fields, Map<String, IndexRule> indexed, ResolvedKeys resolved) {
    Map<String, String> indexes = new HashMap<>();
    indexed.forEach((element, rule) -> {
      DataKey primary = resolved.ring(KeyPurpose.INDEX).primary();
      BlindIndex index = BlindIndex.of(module, primary, call.caller().tenant(), element, rule);
      indexes.put(element, digest(index, element, fields.value(element).orElseThrow()));
    });
    return indexes;
  }

  private static String digest(BlindIndex index, String element, byte[] value) {
    try {
      return index.digest(value);
    } catch (IllegalArgumentException notText) {
      throw new EngineException(
          RefusalCode.INVALID_VALUE, "element " + element + ": " + Indexing.NOT_TEXT);
    }
  }

  @Override
  public CompletionStage<List<FieldOutcome>> revealRecord(Call call, StoredRecord record) {
    EncryptedElements elements = new EncryptedElements(new Access(policy.get()), call);
    try {
      elements.requireRole();
      work.requireSize(record.text().length());
      requireName(record.name());
    } catch (EngineException e) {
      return CompletableFuture.failedFuture(e);
    }
    KeyNeeds needs = new KeyNeeds();
    needs.ring(KeyPurpose.ENCRYPT);
    return keyed.run(
        needs,
        call.caller().tenant(),
        record.text().length(),
        resolved -> new FieldReveal(elements, open(call, record, resolved)).outcomes(record));
  }

  private RecordFields open(Call call, StoredRecord record, ResolvedKeys resolved) {
    try {
      SealedRecord sealed = EnvelopeText.parseRecord(record.text());
      DataKey key = SealedKeys.of(resolved.ring(KeyPurpose.ENCRYPT), sealed.keyId(), WHAT);
      return cipher.open(key, context(call, record.name(), record.context()), sealed);
    } catch (OpenFailedException | EnvelopeFormatException | IllegalArgumentException e) {
      throw SealedKeys.notAuthentic(WHAT);
    }
  }

  private static DataContext context(Call call, String name, Map<String, String> caller) {
    return new DataContext(call.caller().tenant(), name, caller);
  }

  private static void requireName(String name) {
    if (!RecordNames.isName(name)) {
      throw new EngineException(
          RefusalCode.INVALID_VALUE,
          "record must be a name such as patient: lower-case letters, digits and _, at most 63, a letter first");
    }
  }
}
