package dev.phial.kms.resilience;

/** What a KMS is asked for. */
public enum Operation {
  WRAP,
  UNWRAP,
  REWRAP,
  DESCRIBE
}
