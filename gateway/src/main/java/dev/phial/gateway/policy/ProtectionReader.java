package dev.phial.gateway.policy;

import dev.phial.gateway.policy.Protection.Encrypt;
import dev.phial.gateway.policy.Protection.KeyVersionMode;
import dev.phial.gateway.policy.Protection.Redact;
import dev.phial.gateway.policy.Protection.SealedForm;
import dev.phial.gateway.policy.Protection.Tokenize;
import dev.phial.gateway.yaml.YamlFields;
import dev.phial.gateway.yaml.YamlNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads an element's {@code protect}: exactly one rule. */
final class ProtectionReader {
  private static final Map<String, Function<YamlNode, Optional<Protection>>> RULES = rules();

  private ProtectionReader() {}

  private static Map<String, Function<YamlNode, Optional<Protection>>> rules() {
    Map<String, Function<YamlNode, Optional<Protection>>> rules = new LinkedHashMap<>();
    rules.put("tokenize", ProtectionReader::tokenize);
    rules.put("encrypt", ProtectionReader::encrypt);
    rules.put("shift", DeidentificationReader::shift);
    rules.put("generalize", DeidentificationReader::generalize);
    rules.put("mask", DeidentificationReader::mask);
    rules.put("hash", DeidentificationReader::hash);
    rules.put("redact", ProtectionReader::redact);
    return rules;
  }

  static Optional<Protection> read(YamlNode node) {
    YamlFields fields = node.fields();
    Map<String, YamlNode> found = new LinkedHashMap<>();
    RULES.keySet().forEach(name -> fields.optional(name).ifPresent(rule -> found.put(name, rule)));
    fields.done();
    if (found.size() != 1) {
      node.refuse(
          "needs exactly one of tokenize, encrypt, shift, generalize, mask, hash and redact");
      return Optional.empty();
    }
    Map.Entry<String, YamlNode> rule = found.entrySet().iterator().next();
    return RULES.getOrDefault(rule.getKey(), any -> Optional.empty()).apply(rule.getValue());
  }

  private static Optional<Protection> tokenize(YamlNode node) {
    YamlFields fields = node.fields();
    Optional<TokenKind> kind = fields
        .optional("kind")
        .map(k -> k.parse(Words.oneOf("kind", Words.lowerCase(TokenKind.class))))
        .orElse(Optional.of(TokenKind.FPE));
    return kind.flatMap(
        k -> k == TokenKind.FPE ? fpe(node, fields) : VaultedReader.read(node, fields));
  }

  /** How tokens are made. */
  private enum TokenKind {
    FPE,
    VAULTED
  }

  private static Optional<Protection> fpe(YamlNode node, YamlFields fields) {
    Optional<YamlNode> format = fields.required("format");
    Optional<KeyVersionMode> mode = keyVersion(node, fields);
    fields.done();
    return mode.flatMap(m -> format
        .flatMap(f -> f.parse(spec -> TokenFormats.parse(spec, m)))
        .map(f -> new Tokenize(f, m)));
  }

  /** Decision 5: without it a token of a retired key could come back as a plausible wrong value, so there is no default. */
  private static Optional<KeyVersionMode> keyVersion(YamlNode node, YamlFields fields) {
    Optional<YamlNode> mode = fields.optional("key_version");
    if (mode.isEmpty()) {
      node.refuse(
          "'key_version' is missing; say how a token's key version is known: pinned, marked or beside");
    }
    return mode.flatMap(
        m -> m.parse(Words.oneOf("key_version", Words.lowerCase(KeyVersionMode.class))));
  }

  private static Optional<Protection> encrypt(YamlNode node) {
    YamlFields fields = node.fields();
    Optional<SealedForm> form = fields
        .optional("form")
        .map(f -> f.parse(Words.oneOf("form", Words.lowerCase(SealedForm.class))))
        .orElse(Optional.of(SealedForm.TEXT));
    Optional<YamlNode> index = fields.optional("index");
    fields.done();
    return form.map(f -> new Encrypt(f, index.flatMap(IndexReader::read)));
  }

  private static Optional<Protection> redact(YamlNode node) {
    node.fields().done();
    return Optional.of(new Redact());
  }
}
