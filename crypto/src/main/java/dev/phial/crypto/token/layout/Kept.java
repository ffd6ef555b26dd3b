package dev.phial.crypto.token.layout;

import org.jspecify.annotations.Nullable;

/** A character that a token has from its value. */
public final class Kept implements Slot {
  /** Any character that only parts others: how a value is punctuated does not change its token. */
  public static final Kept PUNCTUATION = new Kept(null, false);
  /** Any character that counts: with another in its place the others become others, too. */
  public static final Kept BOUND = new Kept(null, true);

  private final @Nullable Symbols allowed;
  private final boolean bound;

  private Kept(@Nullable Symbols allowed, boolean bound) {
    this.allowed = allowed;
    this.bound = bound;
  }

  /** This character. */
  public static Kept literal(char character) {
    return new Kept(new Symbols(String.valueOf(character)), false);
  }

  /** One of these, which counts. */
  public static Kept of(Symbols allowed) {
    return new Kept(allowed, true);
  }

  /** Whether it goes into the tweak. */
  boolean bound() {
    return bound;
  }

  boolean takes(char character) {
    return allowed == null || allowed.has(character);
  }

  Misfit misfit() {
    return bound ? Misfit.ALPHABET : Misfit.SEPARATOR;
  }

  @Override
  public int width() {
    return 1;
  }
}
