package dev.phial.gateway.engine;

import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.envelope.FrameSize;
import dev.phial.crypto.envelope.OpenFailedException;
import dev.phial.crypto.envelope.StreamCipher;
import dev.phial.crypto.envelope.StreamHeader;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.keys.KeyResolver;
import dev.phial.gateway.policy.Access;
import dev.phial.gateway.policy.Policy;
import dev.phial.gateway.policy.Reveal;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/** The core of {@link DocumentEngine}: decides by the policy, once, before the first byte. */
public final class PolicyDocuments implements DocumentEngine {
  /** Many documents may be open at a time, and the line costs more than what larger frames would save. */
  private static final FrameSize FRAME_SIZE = FrameSize.KIB_64;

  private final Supplier<Policy> policy;
  private final StreamCipher cipher;
  private final CryptoWork work;
  private final KeyedWork keyed;

  /** As {@link PolicyEngine}; pieces of documents over {@link EngineLimits#inlineBytes} go to the pool. */
  public PolicyDocuments(
      Supplier<Policy> policy,
      KeyResolver keys,
      FipsModule module,
      EngineLimits limits,
      Executor cryptoPool) {
    this.policy = policy;
    this.cipher = new StreamCipher(module);
    this.work = new CryptoWork(limits, cryptoPool);
    this.keyed = new KeyedWork(keys, work);
  }

  @Override
  public CompletionStage<DocumentFlow> protectDocument(Call call, DocumentItem item) {
    EncryptedElements elements = new EncryptedElements(new Access(policy.get()), call);
    return elements
        .protectRefusal(item.element())
        .map(PolicyDocuments::<DocumentFlow>refused)
        .orElseGet(() -> withKeys(call, resolved -> {
          DataKey primary = resolved.ring(KeyPurpose.ENCRYPT).primary();
          return new SealingFlow(cipher.sealer(primary, context(call, item), FRAME_SIZE), work);
        }));
  }

  @Override
  public CompletionStage<DocumentFlow> revealDocument(
      Call call, DocumentItem item, StreamHeader header) {
    EncryptedElements elements = new EncryptedElements(new Access(policy.get()), call);
    return elements
        .revealRefusal(item.element())
        .or(() -> elements.access().reveal(call, item.element()) == Reveal.PLAINTEXT
            ? Optional.empty()
            : Optional.of(withheld(item)))
        .map(PolicyDocuments::<DocumentFlow>refused)
        .orElseGet(() -> withKeys(call, resolved -> open(call, item, header, resolved)));
  }

  private static Outcome.Refused withheld(DocumentItem item) {
    return new Outcome.Refused(
        RefusalCode.PERMISSION_DENIED,
        "the policy withholds element " + item.element()
            + " from the caller for the purpose of the call; a document is shown whole or not at all");
  }

  private DocumentFlow open(
      Call call, DocumentItem item, StreamHeader header, ResolvedKeys resolved) {
    String what = "the document of element " + item.element();
    DataKey key = SealedKeys.of(resolved.ring(KeyPurpose.ENCRYPT), header.keyId(), what);
    try {
      return new OpeningFlow(
          cipher.opener(key, context(call, item), header),
          header.keyId().version(),
          SealedKeys.notAuthentic(what),
          work);
    } catch (OpenFailedException e) {
      throw SealedKeys.notAuthentic(what);
    }
  }

  private CompletionStage<DocumentFlow> withKeys(
      Call call, Function<ResolvedKeys, DocumentFlow> use) {
    KeyNeeds needs = new KeyNeeds();
    needs.ring(KeyPurpose.ENCRYPT);
    return keyed.run(needs, call.caller().tenant(), 0, use);
  }

  private static DataContext context(Call call, DocumentItem item) {
    DataContext context = new DataContext(call.caller().tenant(), item.element(), item.context());
    try {
      context.canonical();
    } catch (IllegalArgumentException e) {
      throw new EngineException(RefusalCode.INVALID_VALUE, String.valueOf(e.getMessage()));
    }
    return context;
  }

  private static <T> CompletionStage<T> refused(Outcome.Refused refusal) {
    return CompletableFuture.failedFuture(new EngineException(refusal.code(), refusal.message()));
  }
}
