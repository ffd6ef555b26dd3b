package dev.phial.gateway.config;

import dev.phial.gateway.config.GatewayConfig.Listeners;
import dev.phial.gateway.yaml.YamlFields;
import dev.phial.gateway.yaml.YamlNode;
import java.util.List;
import java.util.Optional;

/** Reads {@code admin}. */
final class AdminReader {
  private final Directories directories;

  AdminReader(Directories directories) {
    this.directories = directories;
  }

  /**
   * @param data who may use data: whoever that trusts is not trusted here
   * @param listeners must have one for administration
   */
  Admin read(YamlNode node, Auth data, Optional<Listeners> listeners) {
    YamlFields fields = node.fields();
    Optional<YamlNode> place = fields.required("auth");
    Auth auth = place.map(new AuthReader(directories)::read).orElse(Auth.NOBODY);
    fields.done();
    place.ifPresent(at -> SeparateTrust.check(data, auth, at));
    listeners.ifPresent(all -> checkListener(all, auth, node));
    return new Admin(auth);
  }

  private static void checkListener(Listeners listeners, Auth auth, YamlNode node) {
    if (listeners.admin().isEmpty()) {
      node.refuse(
          "is for the listener listeners.admin, which is missing: give it an address, such as"
              + " listeners.admin: { address: \"127.0.0.1:7444\" }");
    }
    AuthReader.checkMtls(auth, List.of(listeners.admin()), node, "listeners.admin");
  }
}
