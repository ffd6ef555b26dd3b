package dev.phial.crypto.token.layout;

/** One place of a {@link Layout}: what changes, what stays, or what follows from the others. */
public sealed interface Slot permits Choice, Kept, Check {

  /** Characters that it takes. */
  int width();
}
