package dev.phial.gateway.keys;

/** Why a data key was opened by its second KEK. */
public enum SecondKek {
  /** The KMS of the first could not be reached, or its line was full. */
  UNAVAILABLE,
  /** The KMS of the first did not answer in time. */
  SILENT,
  /** The KMS of the first does not give it: disabled, deleted, or access was taken away. */
  REFUSED,
  /** What the first wrapped is damaged, was replaced, or opened to another key. */
  WRONG
}
