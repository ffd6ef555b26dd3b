package dev.phial.gateway.cli;

import dev.phial.proto.v1.KeyState;
import dev.phial.proto.v1.KeyVersion;
import dev.phial.proto.v1.Keyset;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Keysets as a table, and as JSON. */
final class KeysetText {
  private static final String ROW = "%-16s  %-9s  %-16s  %7s  %-9s  %-20s  %s%n";

  private KeysetText() {}

  static String table(List<Keyset> keysets) {
    StringBuilder text = new StringBuilder();
    text.append(String.format(
        Locale.ROOT, ROW, "TENANT", "KEYSET", "ID", "VERSION", "STATE", "CREATED", "KEK"));
    for (Keyset keyset : keysets) {
      for (KeyVersion version : keyset.getVersionsList()) {
        text.append(row(keyset, version));
      }
    }
    return text.toString();
  }

  private static String row(Keyset keyset, KeyVersion version) {
    return String.format(
        Locale.ROOT,
        ROW,
        keyset.getTenant(),
        purpose(keyset),
        keyset.getKeysetId(),
        version.getVersion(),
        role(keyset, version),
        created(version),
        version.getKek());
  }

  /** Its state, or what it is to new data, or why it opens nothing. */
  private static String role(Keyset keyset, KeyVersion version) {
    if (version.getVersion() == keyset.getPrimaryVersion()) {
      return "primary";
    }
    if (version.getVersion() == keyset.getPendingVersion()) {
      return "pending";
    }
    boolean below = version.getVersion() < keyset.getMinimumVersion()
        && version.getState() == KeyState.KEY_STATE_ENABLED;
    return below ? "below_min" : state(version);
  }

  static String json(List<Keyset> keysets) {
    StringBuilder lines = new StringBuilder();
    keysets.forEach(keyset -> lines.append(json(keyset)).append(System.lineSeparator()));
    return lines.toString();
  }

  private static String json(Keyset keyset) {
    return JsonLine.write(json -> {
      json.writeStringField("tenant", keyset.getTenant());
      json.writeStringField("keyset", purpose(keyset));
      json.writeStringField("id", keyset.getKeysetId());
      json.writeNumberField("primary", keyset.getPrimaryVersion());
      json.writeNumberField("pending", keyset.getPendingVersion());
      json.writeNumberField("minimum", keyset.getMinimumVersion());
      json.writeArrayFieldStart("versions");
      for (KeyVersion version : keyset.getVersionsList()) {
        json.writeStartObject();
        json.writeNumberField("version", version.getVersion());
        json.writeStringField("state", state(version));
        json.writeStringField("created", created(version));
        json.writeStringField("kek", version.getKek());
        json.writeStringField("kek_version", version.getKekVersion());
        json.writeEndObject();
      }
      json.writeEndArray();
    });
  }

  private static String created(KeyVersion version) {
    return Instant.ofEpochSecond(version.getCreated().getSeconds()).toString();
  }

  private static String purpose(Keyset keyset) {
    return keyset.getPurpose().name().replace("KEY_PURPOSE_", "").toLowerCase(Locale.ROOT);
  }

  private static String state(KeyVersion version) {
    return version.getState().name().replace("KEY_STATE_", "").toLowerCase(Locale.ROOT);
  }
}
