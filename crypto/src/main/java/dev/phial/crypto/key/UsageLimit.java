package dev.phial.crypto.key;

/**
 * How much one process may protect under one data key (decision record 0016).
 *
 * @param messages 1 or more; for tokens and digests, values
 * @param bytes of plaintext; 1 or more
 */
public record UsageLimit(long messages, long bytes) {
  /** 2^24 messages or 64 GiB: 2^8 processes of one key stay within 2^32 messages (SP 800-38D, 8.3). */
  public static final UsageLimit DEFAULT = new UsageLimit(1L << 24, 64L << 30);

  /** For keys whose use has no such bound: those of tokens and digests, which are made once for each value. */
  public static final UsageLimit NONE = new UsageLimit(Long.MAX_VALUE, Long.MAX_VALUE);

  public UsageLimit {
    if (messages < 1 || bytes < 1) {
      throw new IllegalArgumentException("a usage limit is 1 or more");
    }
  }

  /** What is said of a key of that purpose when nothing else is said. */
  public static UsageLimit of(KeyPurpose purpose) {
    return purpose == KeyPurpose.ENCRYPT ? DEFAULT : NONE;
  }
}
