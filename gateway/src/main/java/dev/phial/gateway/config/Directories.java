package dev.phial.gateway.config;

import dev.phial.gateway.yaml.YamlNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What relative paths are relative to: what the gateway reads, to the configuration file's directory; what it writes, to the
 * data directory.
 */
record Directories(Path config, Path data) {

  Optional<Path> read(YamlNode node) {
    return node.parse(text -> resolve(config, text));
  }

  Optional<Path> written(YamlNode node) {
    return node.parse(text -> resolve(data, text));
  }

  static Path resolve(Path directory, String text) {
    try {
      return directory.resolve(text).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("is not a path");
    }
  }
}
