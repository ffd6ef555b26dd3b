package dev.phial.gateway.keys;

import dev.phial.gateway.store.Destruction;
import dev.phial.gateway.store.StoredKeyset;
import dev.phial.gateway.store.StoredVersion;
import dev.phial.gateway.store.VersionState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The ways to the end of key versions, and back as long as there is one (NIST SP 800-57 part 1, section 8.3.4). */
final class Endings {
  private Endings() {}

  /** One version goes out of use, and is destroyed later. Asking again changes when, not whether. */
  static KeysetChange ofVersion(int version, DestructionOrder order) {
    return current -> {
      StoredVersion found = existing(current, version);
      requireNotDestroyed(found);
      if (version == current.primary()) {
        throw new KeyStateException(
            "version " + version + " is primary and protects new data; rotate the keyset first");
      }
      return changed(
          current, one -> one.version() == version ? one.ending(destruction(order)) : one);
    };
  }

  /** Every version below {@code least}, all out of use already, is destroyed later; those that will be stay as they are. */
  static KeysetChange below(int least, DestructionOrder order) {
    return current -> {
      if (least > current.primary()) {
        throw new KeyStateException("versions below " + least + " include the primary, version "
            + current.primary() + "; rotate the keyset first");
      }
      for (StoredVersion version : current.versions()) {
        if (version.version() < least && version.state() == VersionState.ENABLED) {
          throw new KeyStateException("version " + version.version()
              + " is enabled; disable it first, and see that nothing needs it");
        }
      }
      return changed(
          current,
          one -> one.version() < least && isSpared(one) ? one.ending(destruction(order)) : one);
    };
  }

  /** A version that was to be destroyed is out of use only. */
  static KeysetChange cancelled(int version) {
    return current -> {
      StoredVersion found = existing(current, version);
      requireNotDestroyed(found);
      if (found.destruction().isEmpty()) {
        throw new KeyStateException("version " + version + " is not to be destroyed");
      }
      return changed(current, one -> one.version() == version ? one.spared() : one);
    };
  }

  /** Those of some versions that are due lose their data keys. */
  static KeysetChange due(List<Integer> versions, Instant now) {
    return current -> changed(
        current,
        one -> versions.contains(one.version()) && isDue(one, now) ? one.destroyed() : one);
  }

  /** The bytes of what was destroyed are known to be gone. */
  static KeysetChange gone(Instant now) {
    return current -> changed(
        current, one -> isLeaving(one) ? one.gone(now.truncatedTo(ChronoUnit.MILLIS)) : one);
  }

  /** Whether a version is to be destroyed by now. */
  static boolean isDue(StoredVersion version, Instant now) {
    return version.state() == VersionState.DISABLED
        && version.destruction().filter(how -> !how.due().isAfter(now)).isPresent();
  }

  /** Whether a version is destroyed, and its bytes may still be somewhere in the store's files. */
  static boolean isLeaving(StoredVersion version) {
    return version.state() == VersionState.DESTROYED
        && version.destruction().filter(how -> how.done().isEmpty()).isPresent();
  }

  private static boolean isSpared(StoredVersion version) {
    return version.state() == VersionState.DISABLED && version.destruction().isEmpty();
  }

  private static Destruction destruction(DestructionOrder order) {
    return Destruction.ordered(
        order.due().truncatedTo(ChronoUnit.MILLIS),
        order.askedBy(),
        order.approvedBy(),
        order.request());
  }

  private static StoredVersion existing(StoredKeyset keyset, int version) {
    return keyset
        .version(version)
        .orElseThrow(() -> new KeyStateException("the keyset has no version " + version
            + "; its versions are 1 to " + keyset.versions().size()));
  }

  private static void requireNotDestroyed(StoredVersion version) {
    if (version.state() == VersionState.DESTROYED) {
      throw new KeyStateException(
          "version " + version.version() + " was destroyed, which is for good");
    }
  }

  private static Optional<StoredKeyset> changed(
      StoredKeyset current, UnaryOperator<StoredVersion> change) {
    List<StoredVersion> versions = current.versions().stream().map(change).toList();
    return versions.equals(current.versions())
        ? Optional.empty()
        : Optional.of(current.with(versions));
  }
}
