package dev.phial.gateway.admin;

import dev.phial.gateway.admin.TokenOperations.Selection;
import dev.phial.gateway.engine.EngineException;
import dev.phial.gateway.engine.RefusalCode;
import dev.phial.gateway.store.StoredToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Vaulted tokens as administrators see them, and as the audit log does. */
final class TokenViews {
  private static final Pattern ELEMENT = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  private static final int LONGEST_TOKEN = 1_024;

  private final InstantSource clock;

  TokenViews(InstantSource clock) {
    this.clock = clock;
  }

  /** @throws EngineException when nobody can have such tokens */
  static void check(Selection tokens) {
    if (!ELEMENT.matcher(tokens.element()).matches()) {
      throw new EngineException(
          RefusalCode.INVALID_VALUE, "element must be the name of a data element");
    }
    if (tokens.tokens().isEmpty() || tokens.tokens().size() > TokenOperations.MOST) {
      throw new EngineException(
          RefusalCode.INVALID_VALUE,
          "give at least one token, and " + TokenOperations.MOST + " at most");
    }
    if (!tokens.tokens().stream().allMatch(TokenViews::mayBeToken)) {
      throw new EngineException(
          RefusalCode.INVALID_VALUE, "one of the texts cannot be a token; nothing was done");
    }
  }

  private static boolean mayBeToken(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_TOKEN
        && text.chars().noneMatch(unit -> unit < ' ' || Character.isSurrogate((char) unit));
  }

  /** Those that there are, in the order asked for. */
  List<TokenView> of(Selection tokens, List<StoredToken> found) {
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

  static Map<String, String> details(Selection tokens, List<TokenView> views) {
    return facts(tokens, views.stream().map(TokenView::token).toList());
  }

  static Map<String, String> facts(Selection about, List<String> tokens) {
    return Map.of(
        "key_tenant", about.tenant(),
        "element", about.element(),
        "tokens", String.valueOf(tokens.size()),
        "tokens_sha256", digest(tokens.stream()));
  }

  /** SHA-256 of lines in sorted order, in hex. */
  static String digest(Stream<String> lines) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      lines.sorted().forEach(line -> digest.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
