package dev.phial.kms;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One KMS of a configuration, as plain text. Nested settings are written with dots: {@code passphrase.file}. A setting
 * never holds a secret, only the place where one is ({@link #secret}).
 *
 * <p>All readers throw {@link IllegalArgumentException} with a message that names the KMS and the setting.
 */
public final class KmsSettings {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");

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

  /** A whole number between two bounds, both allowed. */
  public int number(String setting, int fallback, int least, int most) {
    String text = text(setting, Integer.toString(fallback));
    int number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
    if (number < least || number > most) {
      throw problem(setting, "must be a whole number from " + least + " to " + most);
    }
    return number;
  }

  /** A time such as {@code 500ms}, {@code 5s} or {@code 2m}, of 1 ms to {@code most}. */
  public Duration duration(String setting, Duration fallback, Duration most) {
    Optional<String> text = text(setting);
    if (text.isEmpty()) {
      return fallback;
    }
    Matcher matcher = DURATION.matcher(text.get());
    if (matcher.matches()) {
      long amount = Long.parseLong(matcher.group(1));
      Duration duration = switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        default -> Duration.ofHours(amount);
      };
      if (!duration.isZero() && duration.compareTo(most) <= 0) {
        return duration;
      }
    }
    throw problem(
        setting, "must be a time from 1ms to " + most.toSeconds() + "s, such as 500ms, 5s or 2m");
  }

  /**
   * The address of a service: {@code https://host}, with a port and a path where it needs them. Without TLS only on this
   * machine.
   */
  public Optional<URI> endpoint(String setting) {
    return text(setting).map(text -> {
      try {
        URI uri = new URI(text);
        String host = uri.getHost();
        boolean bare =
            uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null;
        if (host != null && bare && secure(uri.getScheme(), host)) {
          return uri;
        }
      } catch (URISyntaxException e) {
        throw problem(setting, "is not an address, such as https://kms.example.org:8443");
      }
      throw problem(
          setting,
          "must be https://host, without user and query; http:// is for loopback addresses only");
    });
  }

  private static boolean secure(@Nullable String scheme, String host) {
    return "https".equals(scheme)
        || ("http".equals(scheme) && LOOPBACK.matcher(host).matches());
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
