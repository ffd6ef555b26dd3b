package dev.phial.gateway.auth;

import java.util.Set;

/**
 * A client certificate and the caller it stands for.
 *
 * @param certificate which certificate
 * @param subject the caller's name in audit
 * @param tenant whose keys the caller works with
 * @param roles role names of the policy
 * @param purposes purposes of use the caller may claim
 */
public record CertificateCaller(
    CertificateName certificate,
    String subject,
    String tenant,
    Set<String> roles,
    Set<String> purposes) {
  public CertificateCaller {
    roles = Set.copyOf(roles);
    purposes = Set.copyOf(purposes);
  }
}
