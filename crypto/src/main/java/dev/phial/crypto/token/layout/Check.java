package dev.phial.crypto.token.layout;

/** A digit that follows from the other characters. */
public sealed interface Check extends Slot permits Luhn, DeaCheck {

  /** The digit that belongs at {@code at}, whatever stands there. */
  char digit(CharSequence text, int at);

  @Override
  default int width() {
    return 1;
  }
}
