package dev.phial.gateway.admin;

import dev.phial.gateway.engine.EngineException;
import dev.phial.gateway.engine.RefusalCode;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.store.StoredToken;
import dev.phial.gateway.store.TokenState;
import dev.phial.gateway.store.TokenStore;
import dev.phial.gateway.store.TokenStore.TokenCount;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Operations on vaulted tokens with authorization before them and an audit record before their answer. The record has the
 * SHA-256 of the tokens, a line each in sorted order: who has the tokens can prove that it was they.
 */
public final class AuditedTokenOperations implements TokenOperations {
  private static final Pattern ELEMENT = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  private static final int LONGEST_TOKEN = 1_024;

  private final TokenStore store;
  private final AuditedAdministration administration;
  private final InstantSource clock;

  public AuditedTokenOperations(
      TokenStore store, AuditedAdministration administration, InstantSource clock) {
    this.store = store;
    this.administration = administration;
    this.clock = clock;
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
  public CompletionStage<List<TokenView>> delete(Call call, Selection tokens) {
    return run(call, tokens, "delete_tokens", () -> change(tokens, TokenState.DELETED));
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
          check(tokens);
          return operation.get().thenApply(found -> views(tokens, found));
        },
        action,
        views -> details(tokens, views));
  }

  private static void check(Selection tokens) {
    if (!ELEMENT.matcher(tokens.element()).matches()) {
      throw new EngineException(
          RefusalCode.INVALID_VALUE, "element must be the name of a data element");
    }
    if (tokens.tokens().isEmpty() || tokens.tokens().size() > MOST) {
      throw new EngineException(
          RefusalCode.INVALID_VALUE, "give at least one token, and " + MOST + " at most");
    }
    if (!tokens.tokens().stream().allMatch(AuditedTokenOperations::mayBeToken)) {
      throw new EngineException(
          RefusalCode.INVALID_VALUE, "one of the texts cannot be a token; nothing was done");
    }
  }

  private static boolean mayBeToken(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_TOKEN
        && text.chars().noneMatch(unit -> unit < ' ' || Character.isSurrogate((char) unit));
  }

  private List<TokenView> views(Selection tokens, List<StoredToken> found) {
    Instant now = clock.instant();
    Map<String, TokenView> byToken = new HashMap<>();
    found.forEach(token -> byToken.put(token.token(), view(token, now)));
    return tokens.tokens().stream()
        .distinct()
        .filter(byToken::containsKey)
        .map(byToken::get)
        .toList();
  }

  private static TokenView view(StoredToken token, Instant now) {
    return new TokenView(
        token.token(),
        state(token, now),
        token.digest().isPresent(),
        token.keyVersion(),
        token.created(),
        token.expires());
  }

  private static TokenView.State state(StoredToken token, Instant now) {
    return switch (token.state()) {
      case DELETED -> TokenView.State.DELETED;
      case DISABLED -> token.expiredAt(now) ? TokenView.State.EXPIRED : TokenView.State.DISABLED;
      case ENABLED -> token.expiredAt(now) ? TokenView.State.EXPIRED : TokenView.State.ENABLED;
    };
  }

  private static Map<String, String> details(Selection tokens, List<TokenView> views) {
    return Map.of(
        "key_tenant", tokens.tenant(),
        "element", tokens.element(),
        "tokens", String.valueOf(views.size()),
        "tokens_sha256", digest(views));
  }

  private static String digest(List<TokenView> views) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      views.stream()
          .map(TokenView::token)
          .sorted()
          .forEach(token -> digest.update((token + "\n").getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
