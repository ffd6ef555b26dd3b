package dev.phial.crypto.token.layout;

/** The reading of a text that fits its format and has no number there. */
public enum Unnumbered implements Reading {
  FITS
}
