package dev.phial.gateway.cli;

import dev.phial.proto.v1.KeyState;
import dev.phial.proto.v1.KeyVersion;
import dev.phial.proto.v1.Keyset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What each version of each key-encryption key guards. Destroyed data keys need none. */
record KekInventory(Map<Kek, Guarded> guarded) {
  private static final String ROW = "%-32s  %-36s  %7s  %7s  %9s%n";

  /** One version of a key-encryption key. */
  record Kek(String name, String version) implements Comparable<Kek> {
    @Override
    public int compareTo(Kek other) {
      int byName = name.compareTo(other.name);
      return byName == 0 ? version.compareTo(other.version) : byName;
    }
  }

  /** What hangs on it. */
  record Guarded(Set<String> tenants, Set<String> keysets, int dataKeys) {
    static final Guarded NOTHING = new Guarded(Set.of(), Set.of(), 0);

    Guarded and(Keyset keyset) {
      Set<String> moreTenants = new TreeSet<>(tenants);
      moreTenants.add(keyset.getTenant());
      Set<String> moreKeysets = new TreeSet<>(keysets);
      moreKeysets.add(keyset.getKeysetId());
      return new Guarded(moreTenants, moreKeysets, dataKeys + 1);
    }
  }

  static KekInventory of(List<Keyset> keysets) {
    Map<Kek, Guarded> guarded = new TreeMap<>();
    for (Keyset keyset : keysets) {
      for (KeyVersion version : keyset.getVersionsList()) {
        if (version.getState() != KeyState.KEY_STATE_DESTROYED) {
          guarded.merge(
              new Kek(version.getKek(), version.getKekVersion()),
              Guarded.NOTHING.and(keyset),
              (known, one) -> known.and(keyset));
        }
      }
    }
    return new KekInventory(guarded);
  }

  String table() {
    StringBuilder text = new StringBuilder(
        String.format(Locale.ROOT, ROW, "KEK", "KEK VERSION", "TENANTS", "KEYSETS", "DATA KEYS"));
    guarded.forEach((kek, what) -> text.append(String.format(
        Locale.ROOT,
        ROW,
        kek.name(),
        kek.version(),
        what.tenants().size(),
        what.keysets().size(),
        what.dataKeys())));
    return text.toString();
  }

  String json() {
    StringBuilder lines = new StringBuilder();
    guarded.forEach((kek, what) -> lines
        .append(JsonLine.write(json -> {
          json.writeStringField("kek", kek.name());
          json.writeStringField("kek_version", kek.version());
          json.writeNumberField("tenants", what.tenants().size());
          json.writeNumberField("keysets", what.keysets().size());
          json.writeNumberField("data_keys", what.dataKeys());
        }))
        .append(System.lineSeparator()));
    return lines.toString();
  }
}
