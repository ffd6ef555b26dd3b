package dev.phial.gateway.config;

import dev.phial.gateway.yaml.YamlFields;
import dev.phial.gateway.yaml.YamlNode;
import dev.phial.kms.resilience.ResilienceSettings;
import java.time.Duration;

/** Reads {@code kms.*.resilience}; what is not said is {@link ResilienceSettings#DEFAULTS}. */
final class ResilienceReader {
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final YamlFields fields;

  private ResilienceReader(YamlFields fields) {
    this.fields = fields;
  }

  static ResilienceSettings read(YamlNode node) {
    return new ResilienceReader(node.fields()).settings(ResilienceSettings.DEFAULTS);
  }

  private ResilienceSettings settings(ResilienceSettings defaults) {
    ResilienceSettings settings = new ResilienceSettings(
        duration("timeout", defaults.timeout()),
        fields.integer("attempts", 1, 20, defaults.attempts()),
        duration("backoff", defaults.backoff()),
        duration("max_backoff", defaults.maxBackoff()),
        fields.integer("failure_rate", 1, 100, defaults.failureRate()),
        fields.integer("window", 1, 10_000, defaults.window()),
        duration("open_for", defaults.openFor()),
        fields.integer("concurrency", 1, 100_000, defaults.concurrency()),
        fields.integer("rate", 1, 1_000_000, defaults.rate()));
    fields.done();
    return settings;
  }

  private Duration duration(String key, Duration fallback) {
    return fields
        .optional(key)
        .flatMap(node -> node.parse(text -> Units.duration(text, LONGEST)))
        .orElse(fallback);
  }
}
