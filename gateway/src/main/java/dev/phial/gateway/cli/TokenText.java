package dev.phial.gateway.cli;

import com.google.protobuf.Timestamp;
import dev.phial.proto.v1.VaultedToken;
import dev.phial.proto.v1.VaultedTokenCount;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Vaulted tokens and their counts as tables, and as JSON. */
final class TokenText {
  private static final String ROW = "%-32s  %-8s  %-10s  %7s  %-20s  %s%n";
  private static final String COUNTS_ROW = "%-24s  %11s  %12s%n";

  private TokenText() {}

  static String table(List<VaultedToken> tokens) {
    StringBuilder text = new StringBuilder();
    text.append(String.format(
        Locale.ROOT, ROW, "TOKEN", "STATE", "TOKENS", "VERSION", "CREATED", "EXPIRES"));
    tokens.forEach(token -> text.append(String.format(
        Locale.ROOT,
        ROW,
        token.getToken(),
        state(token),
        use(token),
        token.getKeyVersion(),
        time(token.getCreated()),
        token.hasExpires() ? time(token.getExpires()) : "-")));
    return text.toString();
  }

  static String json(List<VaultedToken> tokens) {
    StringBuilder lines = new StringBuilder();
    tokens.forEach(token -> lines.append(json(token)).append(System.lineSeparator()));
    return lines.toString();
  }

  private static String json(VaultedToken token) {
    return JsonLine.write(json -> {
      json.writeStringField("token", token.getToken());
      json.writeStringField("state", state(token));
      json.writeStringField("tokens", use(token));
      json.writeNumberField("key_version", token.getKeyVersion());
      json.writeStringField("created", time(token.getCreated()));
      if (token.hasExpires()) {
        json.writeStringField("expires", time(token.getExpires()));
      }
    });
  }

  static String countsTable(List<VaultedTokenCount> counts) {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, COUNTS_ROW, "ELEMENT", "KEY VERSION", "TOKENS"));
    counts.forEach(count -> text.append(String.format(
        Locale.ROOT, COUNTS_ROW, count.getElement(), count.getKeyVersion(), count.getTokens())));
    return text.toString();
  }

  static String jsonCounts(List<VaultedTokenCount> counts) {
    StringBuilder lines = new StringBuilder();
    counts.forEach(count -> lines.append(json(count)).append(System.lineSeparator()));
    return lines.toString();
  }

  private static String json(VaultedTokenCount count) {
    return JsonLine.write(json -> {
      json.writeStringField("element", count.getElement());
      json.writeNumberField("key_version", count.getKeyVersion());
      json.writeNumberField("tokens", count.getTokens());
    });
  }

  private static String time(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds()).toString();
  }

  private static String use(VaultedToken token) {
    return token.getConsistent() ? "consistent" : "unique";
  }

  private static String state(VaultedToken token) {
    return token.getState().name().replace("VAULTED_TOKEN_STATE_", "").toLowerCase(Locale.ROOT);
  }
}
