package dev.phial.crypto.deid;

/** What stands for ages over 89: 45 CFR 164.514(b)(2)(i)(C) has them in one category. */
public enum Over89 {
  /** The text {@value #TEXT}. */
  MARKER,
  /** The number 90, which then stands for 90 and more: for fields that take numbers only. */
  NUMBER,
  /** Nothing: for fields that take neither. */
  REDACT;

  /** The category's name. */
  public static final String TEXT = "90+";

  Generalized category() {
    return switch (this) {
      case MARKER -> new Generalized.Coarse(TEXT);
      case NUMBER -> new Generalized.Coarse("90");
      case REDACT -> new Generalized.Removed();
    };
  }
}
