package dev.phial.gateway.engine;

/** What a stored value turned out to be. */
sealed interface Recovered {

  /** An authentic protected value. */
  record Plain(PlainValue value) implements Recovered {}

  /** A value whose rule has no way back, as it was made, or one that cannot be told from such. */
  record AsStored() implements Recovered {}

  /** Not a protected value at all: what was stored before the gateway came, or by another road. */
  record Unprotected() implements Recovered {}

  /** Looks protected, and cannot or may not be opened. */
  record Failed(Outcome.Refused refusal) implements Recovered {}

  static Recovered failed(RefusalCode code, String message) {
    return new Failed(new Outcome.Refused(code, message));
  }
}
