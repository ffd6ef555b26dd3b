package dev.phial.gateway.evidence;

/** Whether a statement is authentic. */
public sealed interface Verdict {

  /**
   * It is: one of the keys signed it, and nothing of it was changed since.
   *
   * @param kind what it states
   * @param keyId which key signed it
   * @param claims what it says: one JSON object in canonical form
   */
  record Authentic(StatementKind kind, String keyId, String claims) implements Verdict {}

  /**
   * It is not, or nobody can tell: believe nothing of it.
   *
   * @param reason why
   */
  record NotAuthentic(String reason) implements Verdict {}
}
