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

/**
 * What each version of each key-encryption key guards. A data key with two counts under both. Destroyed data keys need none.
 */
record KekInventory(Map<Kek, Guarded> guarded) {
  private static final String ROW = "%-32s  %-36s  %7s  %7s  %9s  %9s%n";

  /** One version of a key-encryption key. */
  record Kek(String name, String version) implements Comparable<Kek> {
    @Override
    public int compareTo(Kek other) {
      int byName = name.compareTo(other.name);
      return byName == 0 ? version.compareTo(other.version) : byName;
    }
  }

  /**
   * What hangs on it.
   *
   * @param alone how many of the data keys no other key-encryption key opens
   */
  record Guarded(Set<String> tenants, Set<String> keysets, int dataKeys, int alone) {
    static final Guarded NOTHING = new Guarded(Set.of(), Set.of(), 0, 0);

    Guarded and(Keyset keyset, boolean isAlone) {
      Set<String> moreTenants = new TreeSet<>(tenants);
      moreTenants.add(keyset.getTenant());
      Set<String> moreKeysets = new TreeSet<>(keysets);
      moreKeysets.add(keyset.getKeysetId());
      return new Guarded(moreTenants, moreKeysets, dataKeys + 1, alone + (isAlone ? 1 : 0));
    }
  }

  static KekInventory of(List<Keyset> keysets) {
    Map<Kek, Guarded> guarded = new TreeMap<>();
    for (Keyset keyset : keysets) {
      for (KeyVersion version : keyset.getVersionsList()) {
        if (version.getState() != KeyState.KEY_STATE_DESTROYED) {
          List<Kek> keks = keks(version);
          keks.forEach(kek -> guarded.merge(
              kek,
              Guarded.NOTHING.and(keyset, keks.size() == 1),
              (known, one) -> known.and(keyset, keks.size() == 1)));
        }
      }
    }
    return new KekInventory(guarded);
  }

  private static List<Kek> keks(KeyVersion version) {
    Kek first = new Kek(version.getKek(), version.getKekVersion());
    return version.getSecondKek().isEmpty()
        ? List.of(first)
        : List.of(first, new Kek(version.getSecondKek(), version.getSecondKekVersion()));
  }

  String table() {
    StringBuilder text = new StringBuilder(String.format(
        Locale.ROOT, ROW, "KEK", "KEK VERSION", "TENANTS", "KEYSETS", "DATA KEYS", "ALONE"));
    guarded.forEach((kek, what) -> text.append(String.format(
        Locale.ROOT,
        ROW,
        kek.name(),
        kek.version(),
        what.tenants().size(),
        what.keysets().size(),
        what.dataKeys(),
        what.alone())));
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
          json.writeNumberField("alone", what.alone());
        }))
        .append(System.lineSeparator()));
    return lines.toString();
  }
}
