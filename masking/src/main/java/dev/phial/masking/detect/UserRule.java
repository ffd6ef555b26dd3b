package dev.phial.masking.detect;

/** A rule of the policy's own, asked once a text after the built-in ones. */
public interface UserRule {
  /** Adds what it finds. */
  void find(Reading reading);
}
