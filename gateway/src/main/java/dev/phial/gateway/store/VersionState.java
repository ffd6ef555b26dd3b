package dev.phial.gateway.store;

/** Where a key version is in its life. The names are written to the database and stay as they are. */
public enum VersionState {
  ENABLED,
  DISABLED,
  /** The wrapped key is gone from the store. */
  DESTROYED
}
