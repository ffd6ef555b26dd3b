package dev.phial.gateway.cli;

import com.google.protobuf.Timestamp;
import dev.phial.proto.v1.KeyDependent;
import dev.phial.proto.v1.KeyDestructionPlan;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Plans of destruction as a table, and as JSON. */
final class DestructionText {
  private DestructionText() {}

  static String table(List<KeyDestructionPlan> plans) {
    StringBuilder text = new StringBuilder();
    for (KeyDestructionPlan plan : plans) {
      text.append(KeysetText.table(List.of(plan.getKeyset())));
      for (KeyDependent dependent : plan.getDependentsList()) {
        text.append(String.format(
            Locale.ROOT, "hangs on version %d: %s%n", dependent.getVersion(), words(dependent)));
      }
    }
    return text.toString();
  }

  private static String words(KeyDependent dependent) {
    return dependent.getKind() == KeyDependent.Kind.KIND_PIN
        ? "the pin " + dependent.getElement()
        : dependent.getCount() + " vaulted tokens of " + dependent.getElement();
  }

  static String json(List<KeyDestructionPlan> plans) {
    StringBuilder lines = new StringBuilder();
    plans.forEach(plan -> lines.append(json(plan)).append(System.lineSeparator()));
    return lines.toString();
  }

  private static String json(KeyDestructionPlan plan) {
    return JsonLine.write(json -> {
      json.writeStringField("tenant", plan.getKeyset().getTenant());
      json.writeStringField("keyset", KeysetText.purpose(plan.getKeyset()));
      json.writeStringField("id", plan.getKeyset().getKeysetId());
      json.writeArrayFieldStart("versions");
      for (int version : plan.getVersionsList()) {
        json.writeNumber(version);
      }
      json.writeEndArray();
      json.writeStringField("destroy_time", time(plan.getDestroyTime()));
      json.writeArrayFieldStart("dependents");
      for (KeyDependent dependent : plan.getDependentsList()) {
        json.writeStartObject();
        json.writeNumberField("version", dependent.getVersion());
        json.writeStringField(
            "kind", dependent.getKind().name().replace("KIND_", "").toLowerCase(Locale.ROOT));
        json.writeStringField("element", dependent.getElement());
        json.writeNumberField("count", dependent.getCount());
        json.writeEndObject();
      }
      json.writeEndArray();
    });
  }

  static String time(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds()).toString();
  }
}
