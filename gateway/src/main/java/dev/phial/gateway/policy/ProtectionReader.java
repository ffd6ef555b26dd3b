package dev.phial.gateway.policy;

import dev.phial.gateway.policy.Protection.Encrypt;
import dev.phial.gateway.policy.Protection.KeyVersionMode;
import dev.phial.gateway.policy.Protection.Redact;
import dev.phial.gateway.policy.Protection.SealedForm;
import dev.phial.gateway.policy.Protection.Tokenize;
import dev.phial.gateway.yaml.YamlFields;
import dev.phial.gateway.yaml.YamlNode;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads an element's {@code protect}: exactly one rule. */
final class ProtectionReader {
  private ProtectionReader() {}

  static Optional<Protection> read(YamlNode node) {
    YamlFields fields = node.fields();
    Optional<YamlNode> tokenize = fields.optional("tokenize");
    Optional<YamlNode> encrypt = fields.optional("encrypt");
    Optional<YamlNode> redact = fields.optional("redact");
    fields.done();
    if (Stream.of(tokenize, encrypt, redact).filter(Optional::isPresent).count() != 1) {
      node.refuse("needs exactly one of tokenize, encrypt and redact");
      return Optional.empty();
    }
    return tokenize
        .flatMap(ProtectionReader::tokenize)
        .or(() -> encrypt.flatMap(ProtectionReader::encrypt))
        .or(() -> redact.flatMap(ProtectionReader::redact));
  }

  private static Optional<Protection> tokenize(YamlNode node) {
    YamlFields fields = node.fields();
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
    boolean indexed = fields.flag("index", false);
    fields.done();
    return form.map(f -> new Encrypt(f, indexed));
  }

  private static Optional<Protection> redact(YamlNode node) {
    node.fields().done();
    return Optional.of(new Redact());
  }
}
