package dev.phial.crypto.fpe;

/** The ten Feistel rounds for strings of one {@link Shape} under one key. Immutable; the lane holds what changes. */
sealed interface Rounds permits LongRounds, BigRounds {
  int COUNT = 10;

  /** Replaces items {@code from} to {@code to}, at most {@link Lane#WIDTH} of them. */
  void run(Lane lane, boolean encrypt, byte[][] numerals, byte[][] tweaks, int from, int to);
}
