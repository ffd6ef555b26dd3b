package dev.phial.gateway.keys;

import dev.phial.gateway.store.StoredPin;

/**
 * The key version that an element's tokens are pinned to, as this process may rely on it at this moment (decision record
 * 0005). Immutable.
 */
public sealed interface Pin {

  /** Whether there may be tokens of that version, so that a caller who names it can be believed. */
  boolean knows(int version);

  /**
   * All tokens are of one version.
   *
   * @param version 1 or more
   */
  record Settled(int version) implements Pin {
    @Override
    public boolean knows(int asked) {
      return asked == version;
    }
  }

  /**
   * The tokens are being made again. Until that has ended, a token of which nothing is said is of the version they had.
   *
   * @param from the version they had
   * @param to the version they will have
   */
  record Moving(int from, int to) implements Pin {
    @Override
    public boolean knows(int version) {
      return version == from || version == to;
    }
  }

  /**
   * The new tokens are taking the place of the old, so a token of which nothing is said may be of either version.
   *
   * @param from the version they had
   * @param to the version they will have
   */
  record Held(int from, int to) implements Pin {
    @Override
    public boolean knows(int version) {
      return version == from || version == to;
    }
  }

  /** What the stored pin says. */
  static Pin of(StoredPin stored) {
    return switch (stored.phase()) {
      case SETTLED -> new Settled(stored.version());
      case MOVING -> new Moving(stored.version(), stored.target());
      case HELD -> new Held(stored.version(), stored.target());
    };
  }
}
