package dev.phial.gateway.audit;

/**
 * The last record of a chain: what an auditor notes down elsewhere to see later that nothing before it was changed or cut
 * off.
 *
 * @param seq its number, 0 for an empty log
 * @param hash its hash, 64 hex digits
 */
public record AuditHead(long seq, String hash) {
  /** Before the first record. */
  public static final AuditHead EMPTY = new AuditHead(0, "0".repeat(64));
}
