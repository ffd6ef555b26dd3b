package dev.phial.gateway.policy;

/** What a caller gets to see of an element, from most to least. */
public enum Reveal {
  PLAINTEXT,
  MASKED,
  TOKEN,
  DENY
}
