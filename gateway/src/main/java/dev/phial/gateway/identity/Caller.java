package dev.phial.gateway.identity;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * An authenticated caller. Created by {@code auth}, or out of the configuration; everything behind it may trust what it says.
 *
 * @param subject a stable name of the caller for audit (certificate subject or JWT {@code sub}); never a patient
 * @param tenant the covered entity whose keys this caller works with
 * @param roles role names, matched against the policy's {@code access} section
 * @param purposes HL7 PurposeOfUse codes this caller may claim
 * @param method how the caller was authenticated
 * @param issuer who vouches for the subject: names of one issuer are one person's each, those of two cannot be compared
 */
public record Caller(
    String subject,
    String tenant,
    Set<String> roles,
    Set<String> purposes,
    Method method,
    String issuer) {

  /** How a caller was authenticated. */
  public enum Method {
    MTLS,
    JWT,
    /** Named by the configuration: what the gateway does of itself. */
    CONFIGURED
  }

  /** A caller for whom the method vouches: the configuration says who the certificate, or the gateway itself, is. */
  public Caller(
      String subject, String tenant, Set<String> roles, Set<String> purposes, Method method) {
    this(subject, tenant, roles, purposes, method, method.name().toLowerCase(Locale.ROOT));
  }

  public Caller {
    Objects.requireNonNull(method, "method");
    if (subject.isBlank() || tenant.isBlank()) {
      throw new IllegalArgumentException("a caller needs a subject and a tenant");
    }
    roles = Set.copyOf(roles);
    purposes = Set.copyOf(purposes);
  }
}
