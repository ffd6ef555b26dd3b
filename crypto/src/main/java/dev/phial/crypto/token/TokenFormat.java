package dev.phial.crypto.token;

/** What values a tokenized element takes, and what of them its tokens keep. */
public interface TokenFormat {

  /** The format as a policy writes it, such as {@code digits:7..12}. */
  String spec();
}
