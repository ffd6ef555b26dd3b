package dev.phial.gateway.config;

import dev.phial.gateway.keys.RotationAge;
import dev.phial.gateway.yaml.YamlFields;
import dev.phial.gateway.yaml.YamlNode;
import java.time.Duration;
import java.util.Optional;

/** Reads {@code keys.rotate}: only keys for encryption rotate by themselves (decision record 0018). */
final class RotationReader {
  private RotationReader() {}

  static Optional<RotationAge> read(YamlNode node) {
    YamlFields fields = node.fields();
    fields.optional("tokenize").ifPresent(found -> refuse(found, "tokens"));
    fields.optional("index").ifPresent(found -> refuse(found, "digests"));
    Optional<RotationAge> age = fields.optional("encrypt").flatMap(RotationReader::age);
    fields.done();
    return age;
  }

  private static void refuse(YamlNode found, String what) {
    found.refuse("must not be set: a new key changes the " + what
        + " of values that are stored already; rotate with phial keys rotate when they can change");
  }

  private static Optional<RotationAge> age(YamlNode node) {
    YamlFields fields = node.fields();
    Optional<Duration> every =
        fields.required("every").flatMap(text -> text.parse(RotationReader::every));
    Optional<YamlNode> spread = fields.optional("jitter");
    Optional<Duration> jitter = spread.flatMap(text -> text.parse(RotationReader::jitter));
    fields.done();
    if (every.isEmpty() || spread.isPresent() != jitter.isPresent()) {
      return Optional.empty();
    }
    if (jitter.isPresent() && jitter.get().compareTo(every.get()) >= 0) {
      spread.orElseThrow().refuse("must be less than keys.rotate.encrypt.every");
      return Optional.empty();
    }
    return Optional.of(
        new RotationAge(every.get(), jitter.orElseGet(() -> every.get().dividedBy(10))));
  }

  private static Duration every(String text) {
    Duration every = Units.duration(text, RotationAge.LONGEST);
    if (every.compareTo(RotationAge.SHORTEST) < 0) {
      throw new IllegalArgumentException(
          "must be at least " + RotationAge.SHORTEST.toHours() + "h, such as 90d");
    }
    return every;
  }

  private static Duration jitter(String text) {
    return text.equals("0s") ? Duration.ZERO : Units.duration(text, RotationAge.LONGEST);
  }
}
