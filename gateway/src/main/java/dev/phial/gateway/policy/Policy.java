package dev.phial.gateway.policy;

import dev.phial.masking.MaskingPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A compiled policy: checked as a whole, immutable, safe to share.
 *
 * @param digest SHA-256 of the source, and of what its rules read from other files, in hex, for audit
 * @param elements by name
 * @param httpRoutes in the order of the file
 * @param roles by name
 * @param logs how logs are masked; nothing when the policy does not say, and then none may pass
 */
public record Policy(
    String digest,
    Map<String, Element> elements,
    List<HttpRoute> httpRoutes,
    Map<String, Role> roles,
    Optional<MaskingPolicy> logs) {

  public Policy {
    elements = Map.copyOf(elements);
    httpRoutes = List.copyOf(httpRoutes);
    roles = Map.copyOf(roles);
  }

  /** A policy that does not speak of logs. */
  public Policy(
      String digest,
      Map<String, Element> elements,
      List<HttpRoute> httpRoutes,
      Map<String, Role> roles) {
    this(digest, elements, httpRoutes, roles, Optional.empty());
  }

  public Optional<Element> element(String name) {
    return Optional.ofNullable(elements.get(name));
  }
}
