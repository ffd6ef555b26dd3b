package dev.phial.gateway.grpc;

import dev.phial.gateway.engine.Outcome;
import dev.phial.gateway.engine.ProtectItem;
import dev.phial.gateway.engine.ProtectionEngine;
import dev.phial.gateway.engine.RevealItem;
import dev.phial.proto.v1.BatchDecryptRequest;
import dev.phial.proto.v1.BatchDecryptResponse;
import dev.phial.proto.v1.BatchDeidentifyRequest;
import dev.phial.proto.v1.BatchDeidentifyResponse;
import dev.phial.proto.v1.BatchDetokenizeRequest;
import dev.phial.proto.v1.BatchDetokenizeResponse;
import dev.phial.proto.v1.BatchEncryptRequest;
import dev.phial.proto.v1.BatchEncryptResponse;
import dev.phial.proto.v1.BatchIndexRequest;
import dev.phial.proto.v1.BatchIndexResponse;
import dev.phial.proto.v1.BatchReencryptRequest;
import dev.phial.proto.v1.BatchReencryptResponse;
import dev.phial.proto.v1.BatchRetokenizeRequest;
import dev.phial.proto.v1.BatchRetokenizeResponse;
import dev.phial.proto.v1.BatchTokenizeRequest;
import dev.phial.proto.v1.BatchTokenizeResponse;
import dev.phial.proto.v1.DecryptRequest;
import dev.phial.proto.v1.DecryptResponse;
import dev.phial.proto.v1.DeidentifyRequest;
import dev.phial.proto.v1.DeidentifyResponse;
import dev.phial.proto.v1.DetokenizeRequest;
import dev.phial.proto.v1.DetokenizeResponse;
import dev.phial.proto.v1.EncryptRequest;
import dev.phial.proto.v1.EncryptResponse;
import dev.phial.proto.v1.IndexRequest;
import dev.phial.proto.v1.IndexResponse;
import dev.phial.proto.v1.ProtectionServiceGrpc.ProtectionServiceImplBase;
import dev.phial.proto.v1.TokenizeRequest;
import dev.phial.proto.v1.TokenizeResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** {@code phial.v1.ProtectionService}: each method is one call of the engine, translated. Decides nothing. */
final class ProtectionEndpoint extends ProtectionServiceImplBase {
  private final ProtectionEngine engine;

  ProtectionEndpoint(ProtectionEngine engine) {
    this.engine = engine;
  }

  @Override
  public void tokenize(TokenizeRequest request, StreamObserver<TokenizeResponse> observer) {
    protect(TokenMessages.item(request), TokenMessages::response, observer);
  }

  @Override
  public void batchTokenize(
      BatchTokenizeRequest request, StreamObserver<BatchTokenizeResponse> observer) {
    List<ProtectItem> items =
        request.getItemsList().stream().map(TokenMessages::item).toList();
    protectAll(items, TokenMessages::batch, observer);
  }

  @Override
  public void detokenize(DetokenizeRequest request, StreamObserver<DetokenizeResponse> observer) {
    reveal(TokenMessages.item(request), TokenMessages::response, observer);
  }

  @Override
  public void batchDetokenize(
      BatchDetokenizeRequest request, StreamObserver<BatchDetokenizeResponse> observer) {
    List<RevealItem> items =
        request.getItemsList().stream().map(TokenMessages::item).toList();
    revealAll(items, TokenMessages::revealBatch, observer);
  }

  @Override
  public void encrypt(EncryptRequest request, StreamObserver<EncryptResponse> observer) {
    protect(CipherMessages.item(request), CipherMessages::response, observer);
  }

  @Override
  public void batchEncrypt(
      BatchEncryptRequest request, StreamObserver<BatchEncryptResponse> observer) {
    List<ProtectItem> items =
        request.getItemsList().stream().map(CipherMessages::item).toList();
    protectAll(items, CipherMessages::batch, observer);
  }

  @Override
  public void decrypt(DecryptRequest request, StreamObserver<DecryptResponse> observer) {
    reveal(CipherMessages.item(request), CipherMessages::response, observer);
  }

  @Override
  public void batchDecrypt(
      BatchDecryptRequest request, StreamObserver<BatchDecryptResponse> observer) {
    List<RevealItem> items =
        request.getItemsList().stream().map(CipherMessages::item).toList();
    revealAll(items, CipherMessages::revealBatch, observer);
  }

  @Override
  public void deidentify(DeidentifyRequest request, StreamObserver<DeidentifyResponse> observer) {
    ProtectItem item = DeidentifyMessages.item(request);
    Answer<DeidentifyResponse> answer = Answer.to(observer);
    answer.with(
        () -> protect(List.of(item)),
        outcomes -> DeidentifyMessages.verdict(outcomes.get(0))
            .orThrow(item.element(), answer.requestId()));
  }

  @Override
  public void batchDeidentify(
      BatchDeidentifyRequest request, StreamObserver<BatchDeidentifyResponse> observer) {
    List<ProtectItem> items =
        request.getItemsList().stream().map(DeidentifyMessages::item).toList();
    protectAll(items, DeidentifyMessages::batch, observer);
  }

  @Override
  public void index(IndexRequest request, StreamObserver<IndexResponse> observer) {
    ProtectItem item = IndexMessages.item(request);
    Answer<IndexResponse> answer = Answer.to(observer);
    answer.with(
        () -> index(List.of(item)),
        outcomes -> Verdict.indexing(outcomes.get(0), IndexMessages::response)
            .orThrow(item.element(), answer.requestId()));
  }

  @Override
  public void batchIndex(BatchIndexRequest request, StreamObserver<BatchIndexResponse> observer) {
    List<ProtectItem> items =
        request.getItemsList().stream().map(IndexMessages::item).toList();
    Answer.to(observer).with(() -> index(items), IndexMessages::batch);
  }

  @Override
  public void batchRetokenize(
      BatchRetokenizeRequest request, StreamObserver<BatchRetokenizeResponse> observer) {
    List<RevealItem> items =
        request.getItemsList().stream().map(TokenMessages::item).toList();
    renewAll(items, TokenMessages::renewBatch, observer);
  }

  @Override
  public void batchReencrypt(
      BatchReencryptRequest request, StreamObserver<BatchReencryptResponse> observer) {
    List<RevealItem> items =
        request.getItemsList().stream().map(CipherMessages::item).toList();
    renewAll(items, CipherMessages::renewBatch, observer);
  }

  private <R> void protect(
      ProtectItem item, Function<Outcome.Protected, R> response, StreamObserver<R> observer) {
    Answer<R> answer = Answer.to(observer);
    answer.with(
        () -> protect(List.of(item)),
        outcomes -> Verdict.protecting(outcomes.get(0), response)
            .orThrow(item.element(), answer.requestId()));
  }

  private <R> void protectAll(
      List<ProtectItem> items, Function<List<Outcome>, R> response, StreamObserver<R> observer) {
    Answer.to(observer).with(() -> protect(items), response);
  }

  private <R> void reveal(
      RevealItem item, Function<Outcome.Revealed, R> response, StreamObserver<R> observer) {
    Answer<R> answer = Answer.to(observer);
    answer.with(
        () -> reveal(List.of(item)),
        outcomes -> Verdict.revealing(outcomes.get(0), response)
            .orThrow(item.element(), answer.requestId()));
  }

  private <R> void revealAll(
      List<RevealItem> items, Function<List<Outcome>, R> response, StreamObserver<R> observer) {
    Answer.to(observer).with(() -> reveal(items), response);
  }

  private <R> void renewAll(
      List<RevealItem> items, Function<List<Outcome>, R> response, StreamObserver<R> observer) {
    Answer.to(observer)
        .with(
            () -> engine.renew(CallScope.call(), items).thenApply(all -> each(all, items.size())),
            response);
  }

  private CompletionStage<List<Outcome>> protect(List<ProtectItem> items) {
    return engine.protect(CallScope.call(), items).thenApply(all -> each(all, items.size()));
  }

  private CompletionStage<List<Outcome>> reveal(List<RevealItem> items) {
    return engine.reveal(CallScope.call(), items).thenApply(all -> each(all, items.size()));
  }

  private CompletionStage<List<Outcome>> index(List<ProtectItem> items) {
    return engine.index(CallScope.call(), items).thenApply(all -> each(all, items.size()));
  }

  /** Results belong to items by position only, so a list of another length must never be answered. */
  private static List<Outcome> each(List<Outcome> outcomes, int items) {
    if (outcomes.size() != items) {
      throw new IllegalStateException(
          "the engine gave " + outcomes.size() + " outcomes for " + items);
    }
    return outcomes;
  }
}
