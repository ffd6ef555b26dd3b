package dev.phial.gateway.keys;

import dev.phial.gateway.store.StoredKeyset;
import java.util.Optional;

/** A change of a keyset: a pure function from one revision to the next, so that who loses a compare-and-set applies it again. */
@FunctionalInterface
interface KeysetChange {

  /**
   * The next revision; empty when there is nothing to change.
   *
   * @throws KeyStateException when the keyset cannot be brought there
   */
  Optional<StoredKeyset> apply(StoredKeyset current);
}
