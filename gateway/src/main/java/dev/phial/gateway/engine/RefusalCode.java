package dev.phial.gateway.engine;

/** Why an item or an operation was refused. Channels translate each to their own status, in one place. */
public enum RefusalCode {
  /** The policy has no such element. */
  UNKNOWN_ELEMENT,
  /** The value does not fit the element's format or limits, or the request contradicts the element's rule. */
  INVALID_VALUE,
  /** Not a value this gateway made for this tenant, element and context, or it was changed. One dull reason for all. */
  NOT_AUTHENTIC,
  /** The key version that made the value is disabled, destroyed or retired. */
  KEY_RETIRED,
  /** The token was disabled or deleted, or has expired. */
  TOKEN_RETIRED,
  /** No role of the caller allows this for the call's purpose. */
  PERMISSION_DENIED,
  /** Too many items or bytes in one call. */
  TOO_LARGE,
  /** Keys cannot be had at this moment; the same call may succeed later. */
  KEYS_UNAVAILABLE,
  /** The store of tokens does not answer at this moment; the same call may succeed later. */
  STORE_UNAVAILABLE,
  /** The audit log cannot be written, so nothing may be answered. */
  AUDIT_UNAVAILABLE,
  /** The request does not fit the state that a key is in; the message says what to do first. */
  KEY_STATE,
  /** The proposal cannot be approved or withdrawn as it stands; the message says why. */
  PROPOSAL_STATE,
  /** A defect of the gateway; details are in its log under the request id. */
  INTERNAL
}
