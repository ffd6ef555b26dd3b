package dev.phial.gateway.audit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One operation, as it is recorded. Holds no value of any data element; every text in it is a name out of the policy,
 * the configuration or an authenticated identity.
 *
 * @param action what was done: {@code protect}, {@code reveal}, {@code refuse}, {@code rotate}, {@code start} ...
 * @param subject who did it; {@code phial} for the gateway itself, {@code unknown} before authentication
 * @param tenant whose keys, empty when none
 * @param purpose purpose of use, empty when none
 * @param channel {@code grpc}, {@code http}, {@code admin}, {@code gateway}
 * @param requestId the call's id, empty when none
 * @param outcome {@code ok}, or the code of the refusal
 * @param elements per element and result, how many values: see {@link ElementCount}
 * @param details further names, such as {@code route}, {@code method}, {@code keyset}, {@code key_version}; sorted when written
 */
public record AuditEvent(
    String action,
    String subject,
    String tenant,
    String purpose,
    String channel,
    String requestId,
    String outcome,
    List<ElementCount> elements,
    Map<String, String> details) {

  /**
   * How many values of one element had one result.
   *
   * @param element the element's name
   * @param result {@code protected}, {@code unchanged}, {@code plaintext}, {@code masked}, {@code token}, {@code withheld}, or a refusal code
   * @param keyVersion the key version used, 0 when none
   * @param count how many
   */
  public record ElementCount(String element, String result, int keyVersion, int count) {}

  public AuditEvent {
    elements = List.copyOf(elements);
    details = Map.copyOf(details);
  }

  /** The details in the order in which they are written. */
  public Map<String, String> sortedDetails() {
    return new TreeMap<>(details);
  }
}
