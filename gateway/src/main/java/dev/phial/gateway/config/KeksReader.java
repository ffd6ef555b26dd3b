package dev.phial.gateway.config;

import dev.phial.gateway.keys.KekChoice;
import dev.phial.gateway.keys.Keks;
import dev.phial.gateway.yaml.YamlFields;
import dev.phial.gateway.yaml.YamlNode;
import dev.phial.kms.KekRef;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads of {@code keys} which key-encryption keys wrap whose data keys. */
final class KeksReader {
  private static final String KEK = "kek";
  private static final String SECOND = "second_kek";

  private KeksReader() {}

  /** Empty when there is a problem. */
  static Optional<KekChoice> read(YamlNode node, YamlFields fields, Set<String> services) {
    Map<String, Keks> tenants =
        fields.optional("tenants").map(members -> tenants(members, services)).orElse(Map.of());
    if (!fields.flag("require_tenant_kek", false)) {
      return keks(fields, services).map(usual -> new KekChoice(Optional.of(usual), tenants));
    }
    for (String unused : new String[] {KEK, SECOND}) {
      fields
          .optional(unused)
          .ifPresent(kek -> kek.refuse(
              "is used for nobody: require_tenant_kek refuses a tenant without an own KEK"));
    }
    if (tenants.isEmpty()) {
      node.refuse("'tenants' is missing: require_tenant_kek refuses a tenant without an own KEK");
    }
    return Optional.of(new KekChoice(Optional.empty(), tenants));
  }

  private static Map<String, Keks> tenants(YamlNode node, Set<String> services) {
    Map<String, Keks> tenants = new HashMap<>();
    node.members().forEach((tenant, member) -> {
      YamlFields fields = member.fields();
      keks(fields, services).ifPresent(keks -> tenants.put(tenant, keks));
      fields.done();
    });
    return tenants;
  }

  private static Optional<Keks> keks(YamlFields fields, Set<String> services) {
    Optional<KekRef> first = fields.required(KEK).flatMap(kek -> KmsReader.kek(kek, services));
    Optional<YamlNode> second = fields.optional(SECOND);
    Optional<KekRef> also = second.flatMap(kek -> KmsReader.kek(kek, services));
    if (also.isPresent() && also.equals(first)) {
      second.get().refuse("is the same as 'kek'; a second KEK is another key, best in another KMS");
      return Optional.empty();
    }
    return first.map(kek -> new Keks(kek, also));
  }
}
