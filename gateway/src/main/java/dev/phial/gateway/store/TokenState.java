package dev.phial.gateway.store;

/** Where a vaulted token is in its life. The names are written to the database and stay as they are. */
public enum TokenState {
  ENABLED,
  /** Not to be opened until it is enabled again. */
  DISABLED,
  /** The value is gone. The token stays known, so that it is never given to another value. */
  DELETED
}
