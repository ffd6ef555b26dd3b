package dev.phial.gateway.grpc;

import dev.phial.gateway.admin.TokenOperations;
import dev.phial.gateway.admin.TokenView;
import dev.phial.gateway.admin.approval.Asked;
import dev.phial.gateway.admin.approval.ProposalView;
import dev.phial.gateway.identity.Call;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Tokens that are all there, in the state that was asked for. */
final class RecordingTokens implements TokenOperations {
  /** The tenant whose tokens one person may delete. */
  static final String ONE_PERSON = "north";

  static final Instant CREATED = Instant.parse("2026-03-01T10:00:00Z");

  @Override
  public CompletionStage<List<TokenView>> describe(Call call, Selection tokens) {
    return all(tokens, TokenView.State.EXPIRED);
  }

  @Override
  public CompletionStage<List<TokenView>> disable(Call call, Selection tokens) {
    return all(tokens, TokenView.State.DISABLED);
  }

  @Override
  public CompletionStage<List<TokenView>> enable(Call call, Selection tokens) {
    return all(tokens, TokenView.State.ENABLED);
  }

  @Override
  public CompletionStage<Asked<List<TokenView>>> delete(Call call, Selection tokens) {
    return tokens.tenant().equals(ONE_PERSON)
        ? all(tokens, TokenView.State.DELETED).thenApply(Asked.Done::new)
        : CompletableFuture.completedStage(
            new Asked.Proposed<>(RecordingApprovals.view(ProposalView.Status.PENDING)));
  }

  @Override
  public CompletionStage<List<Count>> count(Call call, String tenant) {
    return CompletableFuture.completedStage(List.of(new Count("zip", 2, 5_000_000_000L)));
  }

  private static CompletionStage<List<TokenView>> all(Selection tokens, TokenView.State state) {
    return CompletableFuture.completedStage(tokens.tokens().stream()
        .map(token ->
            new TokenView(token, state, true, 2, CREATED, Optional.of(CREATED.plusSeconds(60))))
        .toList());
  }
}
