package dev.phial.gateway.admin;

import dev.phial.gateway.admin.approval.Approvals;
import dev.phial.gateway.admin.approval.Asked;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.store.StoredToken;
import dev.phial.gateway.store.TokenState;
import dev.phial.gateway.store.TokenStore;
import dev.phial.gateway.store.TokenStore.TokenCount;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Operations on vaulted tokens with authorization before them and an audit record before their answer. The record has the
 * SHA-256 of the tokens, a line each in sorted order: who has the tokens can prove that it was they.
 */
public final class AuditedTokenOperations implements TokenOperations {
  private final TokenStore store;
  private final AuditedAdministration administration;
  private final Approvals approvals;
  private final TokenDeletion deletion;
  private final TokenViews views;

  /** @param deletion one of the operations that {@code approvals} can carry out */
  public AuditedTokenOperations(
      TokenStore store,
      AuditedAdministration administration,
      Approvals approvals,
      TokenDeletion deletion,
      InstantSource clock) {
    this.store = store;
    this.administration = administration;
    this.approvals = approvals;
    this.deletion = deletion;
    this.views = new TokenViews(clock);
  }

  @Override
  public CompletionStage<List<TokenView>> describe(Call call, Selection tokens) {
    return run(
        call,
        tokens,
        "describe_tokens",
        () -> store.byToken(tokens.tenant(), tokens.element(), tokens.tokens()));
  }

  @Override
  public CompletionStage<List<TokenView>> disable(Call call, Selection tokens) {
    return run(call, tokens, "disable_tokens", () -> change(tokens, TokenState.DISABLED));
  }

  @Override
  public CompletionStage<List<TokenView>> enable(Call call, Selection tokens) {
    return run(call, tokens, "enable_tokens", () -> change(tokens, TokenState.ENABLED));
  }

  @Override
  public CompletionStage<Asked<List<TokenView>>> delete(Call call, Selection tokens) {
    return approvals.ask(call, deletion, tokens);
  }

  @Override
  public CompletionStage<List<Count>> count(Call call, String tenant) {
    return administration.run(
        call,
        () -> store.count(tenant).thenApply(AuditedTokenOperations::counts),
        "count_tokens",
        counts -> Map.of("key_tenant", tenant));
  }

  private static List<Count> counts(List<TokenCount> counts) {
    return counts.stream()
        .map(count -> new Count(count.element(), count.keyVersion(), count.tokens()))
        .toList();
  }

  private CompletionStage<List<StoredToken>> change(Selection tokens, TokenState state) {
    return store.change(tokens.tenant(), tokens.element(), tokens.tokens(), state);
  }

  private CompletionStage<List<TokenView>> run(
      Call call,
      Selection tokens,
      String action,
      Supplier<CompletionStage<List<StoredToken>>> operation) {
    return administration.run(
        call,
        () -> {
          TokenViews.check(tokens);
          return operation.get().thenApply(found -> views.of(tokens, found));
        },
        action,
        found -> TokenViews.details(tokens, found));
  }
}
