package dev.phial.gateway.auth;

import java.util.Locale;
import javax.security.auth.x500.X500Principal;

/** A name by which a client certificate is known. Compared exactly: no wildcards, no parts. */
public sealed interface CertificateName {

  /**
   * The subject, in the form of RFC 2253.
   *
   * @param name such as {@code CN=billing,O=Example Clinic}
   */
  record Subject(String name) implements CertificateName {
    public Subject {
      name = new X500Principal(name).getName(X500Principal.RFC2253);
    }
  }

  /** A DNS name among the subject alternative names; lower case. */
  record Dns(String name) implements CertificateName {
    public Dns {
      name = name.toLowerCase(Locale.ROOT);
    }
  }

  /** A URI among the subject alternative names, such as a SPIFFE id. */
  record Uri(String name) implements CertificateName {}

  /**
   * Reads {@code dns:name}, {@code uri:name}, or a subject.
   *
   * @throws IllegalArgumentException when it is none of them
   */
  static CertificateName parse(String text) {
    if (text.startsWith("dns:")) {
      return new Dns(text.substring("dns:".length()));
    }
    if (text.startsWith("uri:")) {
      return new Uri(text.substring("uri:".length()));
    }
    return new Subject(text);
  }
}
