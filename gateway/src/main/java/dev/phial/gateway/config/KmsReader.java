package dev.phial.gateway.config;

import dev.phial.gateway.config.GatewayConfig.Kms;
import dev.phial.gateway.yaml.Suggestion;
import dev.phial.gateway.yaml.YamlNode;
import dev.phial.gateway.yaml.YamlTree;
import dev.phial.kms.KekRef;
import dev.phial.kms.resilience.ResilienceSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads {@code kms} and {@code keys}. What an adapter's settings mean, the adapter knows. */
final class KmsReader {
  private static final Pattern SECRET =
      Pattern.compile("(.*[._-])?(passphrase|password|pin|secret|token)", Pattern.CASE_INSENSITIVE);
  private static final Pattern KEK = Pattern.compile("([A-Za-z0-9_-]{1,64})/([!-~]{1,512})");

  private KmsReader() {}

  static Map<String, Kms> read(YamlNode node) {
    Map<String, Kms> services = new HashMap<>();
    node.members().forEach((name, member) -> {
      Names.check(name, member);
      services.put(name, kms(member));
    });
    return services;
  }

  private static Kms kms(YamlNode node) {
    Map<String, String> settings = new TreeMap<>();
    Map<String, YamlNode> members = node.members();
    YamlNode patience = members.remove("resilience");
    ResilienceSettings resilience =
        patience == null ? ResilienceSettings.DEFAULTS : ResilienceReader.read(patience);
    members.forEach((name, member) -> flatten(name, member, settings));
    String type = settings.remove("type");
    if (type == null) {
      node.refuse("'type' is missing; it names the adapter, such as local");
    }
    return new Kms(type == null ? "" : type, settings, resilience);
  }

  private static void flatten(String path, YamlNode node, Map<String, String> settings) {
    if (node.tree() instanceof YamlTree.Mapping) {
      node.members().forEach((name, member) -> flatten(path + "." + name, member, settings));
    } else if (SECRET.matcher(path).matches()) {
      node.refuse("would be a secret in the configuration; write where it is instead: "
          + "{ file: path } or { env: VARIABLE }");
    } else {
      node.parse(Function.identity()).ifPresent(text -> settings.put(path, text));
    }
  }

  static Optional<KekRef> kek(YamlNode node, Set<String> services) {
    return node.parse(text -> {
      var parts = KEK.matcher(text);
      if (!parts.matches()) {
        throw new IllegalArgumentException("must be kms/key, such as local/default");
      }
      if (!services.contains(parts.group(1))) {
        throw new IllegalArgumentException(Suggestion.unknown("kms", parts.group(1), services));
      }
      return new KekRef(parts.group(1), parts.group(2));
    });
  }
}
