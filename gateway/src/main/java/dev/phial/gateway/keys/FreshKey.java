package dev.phial.gateway.keys;

import dev.phial.crypto.key.DataKey;
import dev.phial.gateway.store.StoredVersion;

/** A version that was made but is not stored yet, with its key. Not to be used before it is stored. */
record FreshKey(StoredVersion stored, DataKey key) {}
