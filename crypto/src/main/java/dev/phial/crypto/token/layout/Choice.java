package dev.phial.crypto.token.layout;

/** A place that changes: one out of an ordered set of texts of the same width. */
public sealed interface Choice extends Slot permits Symbols, Numbers {

  int size();

  /** The rank of what stands there; negative when it is not of the set. */
  int rank(String text, int at);

  /** Why what stands there is not of the set. */
  Misfit misfit(String text, int at);

  /** Writes the text of a rank. */
  void put(int rank, char[] out, int at);
}
