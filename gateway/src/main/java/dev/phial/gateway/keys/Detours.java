package dev.phial.gateway.keys;

import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.store.StoredKeyset;
import dev.phial.gateway.store.StoredVersion;
import dev.phial.kms.KekRef;
import dev.phial.kms.WrappedKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which keysets are opened by their second KEK at present, so that it is told once for each episode: it ends when the first
 * opens one again. Thread-safe.
 */
final class Detours {
  /** Those told first are forgotten beyond it, and told once more: better twice than never. */
  private static final int REMEMBERED = 10_000;

  private final KeyEvents events;
  private final Set<Episode> told =
      Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Episode, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      }));

  Detours(KeyEvents events) {
    this.events = events;
  }

  private record Episode(String tenant, KeyPurpose purpose, KekRef first) {
    static Episode of(StoredKeyset keyset, StoredVersion version) {
      return new Episode(
          keyset.tenant(), keyset.purpose(), version.wrapped().kekVersion().kek());
    }
  }

  /** The first KEK opened a version. */
  void straight(StoredKeyset keyset, StoredVersion version) {
    told.remove(Episode.of(keyset, version));
  }

  /** The second KEK opened a version. */
  void detour(StoredKeyset keyset, StoredVersion version, WrappedKey second, SecondKek why) {
    Episode episode = Episode.of(keyset, version);
    if (told.add(episode)) {
      events.openedBySecond(
          episode.tenant(),
          episode.purpose(),
          episode.first().toString(),
          second.kekVersion().kek().toString(),
          why);
    }
  }
}
