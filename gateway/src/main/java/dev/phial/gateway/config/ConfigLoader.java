package dev.phial.gateway.config;

import dev.phial.gateway.yaml.Problems;
import dev.phial.gateway.yaml.YamlFile;
import dev.phial.gateway.yaml.YamlNode;
import dev.phial.gateway.yaml.YamlTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Loads the configuration: the file, over it the environment, over that the flags.
 *
 * <p>{@code PHIAL_LISTENERS_HTTP_ADDRESS=...} and {@code --set listeners.http.address=...} set any key; {@code
 * PHIAL_UPSTREAM=url} points the only upstream elsewhere. Thread-safe: keeps nothing between loads.
 */
public final class ConfigLoader {

  /**
   * The checked configuration.
   *
   * @param file the YAML file
   * @param environment the process's environment; variables that do not start with {@code PHIAL_} are not looked at
   * @param sets {@code key=value} of each {@code --set}, later ones win
   * @throws ConfigException with every problem found
   */
  public GatewayConfig load(Path file, Map<String, String> environment, List<String> sets) {
    Problems problems = new Problems();
    YamlFile yaml = new YamlFile(file.toString(), problems);
    YamlNode root = yaml.bytes(file).map(yaml::parse).orElseThrow(() -> failure(problems));
    if (!problems.isEmpty()) {
      throw failure(problems);
    }
    YamlTree document = Overrides.apply(root.tree(), environment, sets, problems);
    Path directory = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
    Optional<GatewayConfig> config =
        new ConfigReader(new YamlNode(document, "", problems), directory).read();
    if (!problems.isEmpty()) {
      throw failure(problems);
    }
    return config.orElseThrow(() -> failure(problems));
  }

  private static ConfigException failure(Problems problems) {
    return new ConfigException(problems.list());
  }
}
