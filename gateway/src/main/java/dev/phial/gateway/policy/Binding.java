package dev.phial.gateway.policy;

import dev.phial.gateway.policy.selector.Selector;
import java.util.List;

/**
 * Binds what a selector finds to an element.
 *
 * @param selector what is selected
 * @param element the element's name; exists in the policy
 * @param within templates such as {@code urn:uuid:{}}: only the part at {@code {}} is protected, the first template that
 *     fits counts, and a text that fits none is not selected; empty: the whole value
 * @param wrap a template into which the protected text is put, such as {@code <div>{}</div>}, so that the stored value is
 *     still of the type its field demands; empty: none
 * @param placement where the protected value goes
 */
public record Binding(
    Selector selector, String element, List<String> within, String wrap, Placement placement) {

  /** Where the protected value goes. */
  public enum Placement {
    /** In place of the value. */
    VALUE,
    /**
     * FHIR only: the member is left out and its companion {@code _name} carries an extension with the ciphertext, so that
     * dates, decimals and codes stay valid FHIR.
     */
    EXTENSION
  }

  public Binding {
    within = List.copyOf(within);
  }
}
