package dev.phial.gateway.policy;

import dev.phial.crypto.token.TokenFormat;
import dev.phial.gateway.policy.Protection.TokenUse;
import dev.phial.gateway.policy.Protection.Vaulted;
import dev.phial.gateway.yaml.YamlFields;
import dev.phial.gateway.yaml.YamlNode;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code tokenize: { kind: vaulted, ... }}. */
final class VaultedReader {
  private static final String OPAQUE = "opaque";
  private static final Pattern TTL = Pattern.compile("([1-9][0-9]{0,4})(m|h|d)");

  private VaultedReader() {}

  static Optional<Protection> read(YamlNode node, YamlFields fields) {
    Optional<YamlNode> format = fields.required("format");
    Optional<TokenUse> tokens = fields
        .optional("tokens")
        .map(t -> t.parse(Words.oneOf("use of tokens", Words.lowerCase(TokenUse.class))))
        .orElse(Optional.of(TokenUse.CONSISTENT));
    Optional<Duration> ttl = fields.optional("ttl").flatMap(t -> t.parse(VaultedReader::ttl));
    if (fields.optional("key_version").isPresent()) {
      node.refuse(
          "'key_version' is for kind: fpe; a vaulted token is looked up, and its row knows");
    }
    fields.done();
    return format.flatMap(f ->
        tokens.flatMap(t -> f.parse(spec -> new Vaulted(format(spec), t, ttl))));
  }

  private static Optional<TokenFormat> format(String spec) {
    return spec.equals(OPAQUE) ? Optional.empty() : Optional.of(TokenFormats.vaulted(spec));
  }

  private static Duration ttl(String text) {
    Matcher matcher = TTL.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("must be a time such as 90m, 12h or 30d");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
