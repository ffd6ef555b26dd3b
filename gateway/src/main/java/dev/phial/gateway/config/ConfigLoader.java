package dev.phial.gateway.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Loads the configuration: the file, over it the environment, over that the flags.
 *
 * <p>{@code PHIAL_LISTENERS_HTTP_ADDRESS=...} and {@code --set listeners.http.address=...} set any key; {@code
 * PHIAL_UPSTREAM=url} points the only upstream elsewhere.
 */
@SuppressWarnings("DoNotCallSuggester")
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
    throw new UnsupportedOperationException("to come");
  }
}
