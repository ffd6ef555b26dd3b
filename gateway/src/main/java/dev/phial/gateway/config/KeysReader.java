package dev.phial.gateway.config;

import dev.phial.crypto.key.UsageLimit;
import dev.phial.gateway.config.GatewayConfig.Keys;
import dev.phial.gateway.keys.DestructionRules;
import dev.phial.gateway.keys.KekChoice;
import dev.phial.gateway.keys.KeyLimits;
import dev.phial.gateway.keys.RotationAge;
import dev.phial.gateway.yaml.YamlFields;
import dev.phial.gateway.yaml.YamlNode;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Reads {@code keys}; what is not said of their use is {@link KeyLimits#DEFAULTS}. */
final class KeysReader {
  /** The largest batch must fit: below, a key could be used up before a batch has begun. */
  private static final int LEAST_MESSAGES = 65_536;

  private static final long LEAST_BYTES = 1L << 30;
  private static final long MOST_BYTES = 1L << 50;
  private static final int MOST_KEYSETS = 1_000_000;
  private static final Duration SHORTEST_AGE = Duration.ofSeconds(10);
  private static final Duration LONGEST_AGE = Duration.ofHours(24);

  private KeysReader() {}

  static Optional<Keys> read(YamlNode node, Set<String> services) {
    YamlFields fields = node.fields();
    Optional<KekChoice> keks = KeksReader.read(node, fields, services);
    UsageLimit usage =
        fields.optional("limits").map(KeysReader::usage).orElse(KeyLimits.DEFAULTS.usage());
    KeyLimits limits = fields
        .optional("cache")
        .map(cache -> limits(cache, usage))
        .orElse(new KeyLimits(usage, KeyLimits.DEFAULTS.keysets(), KeyLimits.DEFAULTS.maxAge()));
    Optional<RotationAge> rotation = fields.optional("rotate").flatMap(RotationReader::read);
    DestructionRules destruction =
        fields.optional("destroy").map(KeysReader::destruction).orElse(DestructionRules.DEFAULTS);
    fields.done();
    return keks.map(choice -> new Keys(choice, limits, rotation, destruction));
  }

  private static UsageLimit usage(YamlNode node) {
    YamlFields fields = node.fields();
    UsageLimit usual = KeyLimits.DEFAULTS.usage();
    UsageLimit usage = new UsageLimit(
        fields.integer(
            "messages", LEAST_MESSAGES, Integer.MAX_VALUE, Math.toIntExact(usual.messages())),
        fields
            .optional("bytes")
            .flatMap(bytes -> bytes.parse(text -> Units.longSize(text, LEAST_BYTES, MOST_BYTES)))
            .orElse(usual.bytes()));
    fields.done();
    return usage;
  }

  private static KeyLimits limits(YamlNode node, UsageLimit usage) {
    YamlFields fields = node.fields();
    KeyLimits limits = new KeyLimits(
        usage,
        fields.integer("keysets", 1, MOST_KEYSETS, KeyLimits.DEFAULTS.keysets()),
        fields
            .optional("max_age")
            .flatMap(age -> age.parse(KeysReader::age))
            .orElse(KeyLimits.DEFAULTS.maxAge()));
    fields.done();
    return limits;
  }

  /** The shortest waiting time is below a week only when the configuration says so. */
  private static DestructionRules destruction(YamlNode node) {
    YamlFields fields = node.fields();
    Duration shortest = fields
        .optional("shortest")
        .flatMap(time -> time.parse(KeysReader::shortest))
        .orElse(DestructionRules.PRUDENT);
    Duration usual = DestructionRules.DEFAULTS.waiting();
    Duration waiting = fields
        .optional("waiting")
        .flatMap(time -> time.parse(text -> waiting(text, shortest)))
        .orElse(usual.compareTo(shortest) < 0 ? shortest : usual);
    fields.done();
    return new DestructionRules(waiting, shortest);
  }

  private static Duration shortest(String text) {
    return text.equals("0s") ? Duration.ZERO : Units.duration(text, DestructionRules.LONGEST);
  }

  private static Duration waiting(String text, Duration shortest) {
    Duration waiting = Units.duration(text, DestructionRules.LONGEST);
    if (waiting.compareTo(shortest) < 0) {
      throw new IllegalArgumentException("must be at least " + shortest.toSeconds()
          + "s (keys.destroy.shortest), so that a destruction can be taken back");
    }
    return waiting;
  }

  private static Duration age(String text) {
    Duration age = Units.duration(text, LONGEST_AGE);
    if (age.compareTo(SHORTEST_AGE) < 0) {
      throw new IllegalArgumentException(
          "must be at least " + SHORTEST_AGE.toSeconds() + "s: the KMS is asked five times in it");
    }
    return age;
  }
}
