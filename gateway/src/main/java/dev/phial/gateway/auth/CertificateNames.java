package dev.phial.gateway.auth;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The names that a certificate bears. */
final class CertificateNames {
  // RFC 5280, section 4.2.1.6: the tags of GeneralName.
  private static final int DNS = 2;
  private static final int URI = 6;

  private CertificateNames() {}

  static List<CertificateName> of(X509Certificate certificate) {
    List<CertificateName> names = new ArrayList<>();
    try {
      String subject = certificate.getSubjectX500Principal().getName();
      if (!subject.isEmpty()) {
        names.add(new CertificateName.Subject(subject));
      }
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      if (alternatives != null) {
        alternatives.forEach(alternative -> add(names, alternative));
      }
    } catch (CertificateParsingException | IllegalArgumentException e) {
      throw new AuthenticationException("the client certificate's names cannot be read");
    }
    return names;
  }

  private static void add(List<CertificateName> names, List<?> alternative) {
    if (alternative.get(0) instanceof Integer tag && alternative.get(1) instanceof String name) {
      if (tag == DNS) {
        names.add(new CertificateName.Dns(name));
      } else if (tag == URI) {
        names.add(new CertificateName.Uri(name));
      }
    }
  }
}
