package dev.phial.gateway.config;

import dev.phial.gateway.yaml.YamlFields;
import dev.phial.gateway.yaml.YamlNode;
import java.time.Duration;

/** Reads {@code limits}; what is not said is {@link Limits#DEFAULTS}. */
final class LimitsReader {
  private static final long KIB = 1 << 10;
  private static final long MIB = 1 << 20;
  private static final Duration LONGEST = Duration.ofHours(1);

  private final YamlFields fields;

  private LimitsReader(YamlFields fields) {
    this.fields = fields;
  }

  static Limits read(YamlNode node) {
    return new LimitsReader(node.fields()).limits(Limits.DEFAULTS);
  }

  private Limits limits(Limits defaults) {
    Limits limits = new Limits(
        size("max_body", KIB, 1024 * MIB, defaults.maxBody()),
        size("max_header", KIB, MIB, defaults.maxHeader()),
        size("max_request_line", 128, MIB, defaults.maxRequestLine()),
        size("max_value", 64, 16 * MIB, defaults.maxValue()),
        fields.integer("json_depth", 2, 1_000, defaults.jsonDepth()),
        size("json_string", KIB, 1024 * MIB, defaults.jsonString()),
        fields.integer("json_tokens", 10, 100_000_000, defaults.jsonTokens()),
        fields.integer("batch_items", 1, 1_000_000, defaults.batchItems()),
        fields.integer("connections", 1, 1_000_000, defaults.connections()),
        duration("header_timeout", defaults.headerTimeout()),
        duration("body_timeout", defaults.bodyTimeout()),
        duration("idle_timeout", defaults.idleTimeout()),
        duration("connect_timeout", defaults.connectTimeout()),
        duration("upstream_timeout", defaults.upstreamTimeout()),
        duration("drain_timeout", defaults.drainTimeout()));
    fields.done();
    return limits;
  }

  private int size(String key, long least, long most, int fallback) {
    return fields
        .optional(key)
        .flatMap(node -> node.parse(text -> Units.size(text, least, most)))
        .orElse(fallback);
  }

  private Duration duration(String key, Duration fallback) {
    return fields
        .optional(key)
        .flatMap(node -> node.parse(text -> Units.duration(text, LONGEST)))
        .orElse(fallback);
  }
}
