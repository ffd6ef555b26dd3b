package dev.phial.gateway.keys;

import dev.phial.gateway.store.StoredKeyset;
import dev.phial.gateway.store.StoredVersion;
import java.util.HexFormat;
import java.util.OptionalInt;

/** What of a stored keyset may be told. */
final class KeysetViews {
  private KeysetViews() {}

  static KeysetView of(StoredKeyset stored) {
    return new KeysetView(
        stored.tenant(),
        stored.purpose(),
        HexFormat.of().toHexDigits(stored.id()),
        stored.primary(),
        stored
            .pending()
            .map(version -> OptionalInt.of(version.version()))
            .orElse(OptionalInt.empty()),
        stored.minimum(),
        stored.versions().stream().map(KeysetViews::of).toList());
  }

  private static KeysetView.Version of(StoredVersion version) {
    return new KeysetView.Version(
        version.version(),
        KeysetView.State.valueOf(version.state().name()),
        version.created(),
        version.wrapped().kekVersion().kek().toString(),
        version.wrapped().kekVersion().id());
  }
}
