package dev.phial.kms;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * One KMS of a configuration, as plain text. Nested settings are written with dots: {@code passphrase.file}. A setting
 * never holds a secret, only the place where one is ({@link #secret}).
 *
 * <p>All readers throw {@link IllegalArgumentException} with a message that names the KMS and the setting.
 */
public final class KmsSettings {
  private final String name;
  private final Map<String, String> values;
  private final Path directory;
  private final UnaryOperator<String> environment;

  /**
   * @param name the KMS's name in the configuration, the first half of each of its {@link KekRef}s
   * @param values the settings
   * @param directory what relative paths are relative to
   * @param environment the value of an environment variable, {@code ""} for an unset one; in production from {@link
   *     System#getenv(String)}
   */
  public KmsSettings(
      String name, Map<String, String> values, Path directory, UnaryOperator<String> environment) {
    this.name = name;
    this.values = Map.copyOf(values);
    this.directory = directory;
    this.environment = environment;
  }

  public String name() {
    return name;
  }

  /** Refuses settings that an adapter does not know: a misspelt one must not be ignored. */
  public void allowOnly(Set<String> known) {
    TreeSet<String> unknown = new TreeSet<>(values.keySet());
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw problem(
          unknown.first(),
          "is not known here; known are " + String.join(", ", new TreeSet<>(known)));
    }
  }

  public Optional<String> text(String setting) {
    return Optional.ofNullable(values.get(setting));
  }

  public String text(String setting, String fallback) {
    return values.getOrDefault(setting, fallback);
  }

  public String required(String setting) {
    return text(setting).orElseThrow(() -> problem(setting, "is missing"));
  }

  /** {@code true} or {@code false}, nothing else. */
  public boolean flag(String setting, boolean fallback) {
    return switch (text(setting, Boolean.toString(fallback))) {
      case "true" -> true;
      case "false" -> false;
      default -> throw problem(setting, "is neither true nor false");
    };
  }

  /** A path, made absolute. */
  public Path path(String setting, String fallback) {
    return directory.resolve(text(setting, fallback)).toAbsolutePath().normalize();
  }

  /**
   * Where a secret is: exactly one of {@code <setting>.file} and {@code <setting>.env}. Nothing is read yet.
   */
  public SecretSource secret(String setting) {
    Optional<String> file = text(setting + ".file");
    Optional<String> variable = text(setting + ".env");
    if (file.isPresent() == variable.isPresent()) {
      throw problem(setting, "needs either " + setting + ".file or " + setting + ".env");
    }
    return variable
        .<SecretSource>map(v -> new SecretSource.Environment(v, environment))
        .orElseGet(() -> new SecretSource.File(path(setting + ".file", "")));
  }

  /** An exception that names this KMS and a setting. */
  public IllegalArgumentException problem(String setting, String what) {
    return new IllegalArgumentException("kms '" + name + "': setting '" + setting + "' " + what);
  }

  @Override
  public String toString() {
    return "KmsSettings[" + name + ", settings " + new TreeMap<>(values).keySet() + "]";
  }
}
