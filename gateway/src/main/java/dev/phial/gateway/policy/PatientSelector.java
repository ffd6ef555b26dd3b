package dev.phial.gateway.policy;

import dev.phial.gateway.policy.selector.Selector;
import java.util.List;

/**
 * Where a message says whose values it holds. Dates of one patient are shifted alike.
 *
 * @param selector finds texts that name patients
 * @param templates what such a text may look like, such as {@code Patient/{}}; the patient's id stands at {@code {}}; a text
 *     that fits none names no patient
 */
public record PatientSelector(Selector selector, List<String> templates) {
  public PatientSelector {
    templates = List.copyOf(templates);
  }
}
