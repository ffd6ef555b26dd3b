package dev.phial.crypto.token.layout;

/** The rule of a format that a text breaks. Says nothing of the text itself. */
public enum Misfit implements Reading {
  LENGTH("its length is wrong"),
  ALPHABET("a character is not of its alphabet"),
  SEPARATOR("a separator or fixed character is not where it belongs"),
  CHECK_DIGIT("its check digit is wrong"),
  AREA("its area number is never issued"),
  GROUP("its group number is never issued"),
  SERIAL("its serial number is never issued"),
  COUNTRY_CODE("its country code does not exist"),
  DOMAIN("what follows the @ is no domain name"),
  LOCAL_PART("what precedes the @ is no local part"),
  NOT_CANONICAL("it is not written in its canonical form"),
  NOT_NFC("it is not in Unicode normalization form NFC"),
  SURROGATE("it holds an unpaired surrogate"),
  TOO_FEW("so few of its characters can change that there are less than 1,000,000 tokens for it");

  private final String inWords;

  Misfit(String inWords) {
    this.inWords = inWords;
  }

  /** The rule, to follow "the value is no ...:". */
  public String inWords() {
    return inWords;
  }
}
