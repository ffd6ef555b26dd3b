package dev.phial.gateway.keys;

import dev.phial.gateway.store.StoredKeyset;
import java.util.Optional;

/**
 * Lets every version below one open nothing, or opens those again that are not below it any more.
 *
 * @param version the lowest that opens
 */
record MinimumChange(int version) implements KeysetChange {

  @Override
  public Optional<StoredKeyset> apply(StoredKeyset current) {
    if (version < 1 || version > current.primary()) {
      throw new KeyStateException("the minimum is a version from 1 to the primary, which is "
          + current.primary() + "; rotate the keyset first for a higher one");
    }
    return version == current.minimum()
        ? Optional.empty()
        : Optional.of(current.openingFrom(version));
  }
}
