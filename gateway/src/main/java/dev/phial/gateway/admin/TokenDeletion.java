package dev.phial.gateway.admin;

import dev.phial.gateway.admin.TokenOperations.Selection;
import dev.phial.gateway.admin.approval.DangerousOperation;
import dev.phial.gateway.admin.approval.Parameters;
import dev.phial.gateway.admin.approval.Sight;
import dev.phial.gateway.store.TokenState;
import dev.phial.gateway.store.TokenStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Deletes the values behind vaulted tokens. */
public final class TokenDeletion implements DangerousOperation<Selection, List<TokenView>> {
  private static final String TENANT = "tenant";
  private static final String ELEMENT = "element";
  private static final String TOKEN = "token";

  private final TokenStore store;
  private final TokenViews views;

  public TokenDeletion(TokenStore store, InstantSource clock) {
    this.store = store;
    this.views = new TokenViews(clock);
  }

  @Override
  public String action() {
    return "delete_tokens";
  }

  @Override
  public Parameters write(Selection asked) {
    return Parameters.of(Map.of(
        TENANT, List.of(asked.tenant()),
        ELEMENT, List.of(asked.element()),
        TOKEN, asked.tokens()));
  }

  @Override
  public Selection read(Parameters parameters) {
    return new Selection(parameters.one(TENANT), parameters.one(ELEMENT), parameters.all(TOKEN));
  }

  @Override
  public CompletionStage<Sight<List<TokenView>>> look(Selection asked) {
    TokenViews.check(asked);
    return store
        .byToken(asked.tenant(), asked.element(), asked.tokens())
        .thenApply(found -> sight(asked, views.of(asked, found)));
  }

  private static Sight<List<TokenView>> sight(Selection asked, List<TokenView> found) {
    List<TokenView> left =
        found.stream().filter(token -> token.state() != TokenView.State.DELETED).toList();
    return left.isEmpty()
        ? Sight.nothing(found)
        : Sight.of(
            "tokens " + TokenViews.digest(left.stream().map(TokenDeletion::state)),
            List.of("deletes the values behind " + left.size() + " tokens of element "
                + asked.element() + " of tenant " + asked.tenant() + ", for good"));
  }

  /** Not the key version: a token that was sealed anew has the value that it had. */
  private static String state(TokenView token) {
    return token.token() + " " + token.state();
  }

  @Override
  public CompletionStage<List<TokenView>> execute(Selection asked, String state) {
    return store
        .change(asked.tenant(), asked.element(), asked.tokens(), TokenState.DELETED)
        .thenApply(found -> views.of(asked, found));
  }

  @Override
  public Map<String, String> facts(Selection asked) {
    return TokenViews.facts(asked, asked.tokens().stream().distinct().toList());
  }

  @Override
  public Map<String, String> details(Selection asked, List<TokenView> result) {
    return TokenViews.details(asked, result);
  }
}
