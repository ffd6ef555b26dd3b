package dev.phial.gateway.engine;

import java.util.Map;

/**
 * A value to protect.
 *
 * @param element the data element's name in the policy
 * @param value the plain value
 * @param context the caller's own context, bound to ciphertext as associated data and to tokens through the tweak; the
 *     same context must be given to reveal; usually empty
 * @param operation the rule that the caller expects the element to have; refused when the element has another
 */
public record ProtectItem(
    String element, PlainValue value, Map<String, String> context, Operation operation) {

  /** The part of the context that says whose value it is: dates of one person are shifted alike. */
  public static final String PATIENT = "patient";

  /** What the caller asks for. */
  public enum Operation {
    /** Whatever the element's rule says: what channels use. */
    AS_POLICY,
    TOKENIZE,
    ENCRYPT,
    /** One of the rules from which there is no way back. */
    DEIDENTIFY
  }

  public ProtectItem {
    context = Map.copyOf(context);
  }

  /** An item protected as its element's rule says, without context. */
  public static ProtectItem of(String element, PlainValue value) {
    return new ProtectItem(element, value, Map.of(), Operation.AS_POLICY);
  }
}
