package dev.phial.gateway.cli;

import dev.phial.gateway.config.ConfigLoader;
import dev.phial.gateway.config.GatewayConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that choose and change a configuration. */
final class ConfigOptions {
  static final Path DEFAULT_FILE = Path.of("config", "phial.yaml");

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "the configuration (default: $PHIAL_CONFIG, else config/phial.yaml)")
  @Nullable
  Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "sets one key, such as listeners.http.address=127.0.0.1:9080; goes before PHIAL_ variables and the file")
  List<String> sets = new ArrayList<>();

  @Option(
      names = "--upstream",
      paramLabel = "NAME=URL",
      description = "where an upstream is, such as ehr=http://127.0.0.1:8081")
  List<String> upstreams = new ArrayList<>();

  GatewayConfig load(Map<String, String> environment) {
    return new ConfigLoader().load(file(environment), environment, overrides());
  }

  Path file(Map<String, String> environment) {
    Path chosen = file;
    if (chosen != null) {
      return chosen;
    }
    String variable = environment.getOrDefault("PHIAL_CONFIG", "");
    return variable.isEmpty() ? DEFAULT_FILE : Path.of(variable);
  }

  private List<String> overrides() {
    List<String> overrides = new ArrayList<>(sets);
    for (String upstream : upstreams) {
      int equals = upstream.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "--upstream takes NAME=URL, such as ehr=http://127.0.0.1:8081");
      }
      overrides.add(
          "upstreams." + upstream.substring(0, equals) + ".url=" + upstream.substring(equals + 1));
    }
    return overrides;
  }
}
