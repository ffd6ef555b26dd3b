package dev.phial.crypto.token;

/** From how many symbols to how many, both included. */
record LengthRange(int min, int max) {

  boolean holds(int length) {
    return min <= length && length <= max;
  }

  String inWords() {
    return min == max ? Integer.toString(min) : min + " to " + max;
  }
}
