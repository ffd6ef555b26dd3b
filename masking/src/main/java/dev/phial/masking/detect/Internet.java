package dev.phial.masking.detect;

import dev.phial.masking.Identifier;
import dev.phial.masking.scan.Bytes;
import dev.phial.masking.scan.Tokens;

/** Mail addresses (RFC 5321, as people use it), URLs (RFC 3986), IP addresses, hardware addresses. */
final class Internet {
  private static final int LONGEST_LOCAL = 64;
  private static final int LONGEST_DOMAIN = 255;
  private static final int LONGEST_SCHEME = 20;
  /** Who publishes vocabularies: an address there names a definition, never a person. */
  private static final String[] VOCABULARIES = {
    "hl7.org", "w3.org", "loinc.org", "snomed.info", "unitsofmeasure.org", "schemas.xmlsoap.org",
        "nucc.org", "xmlns.com",
    "json-schema.org", "schemas.microsoft.com", "purl.org", "ama-assn.org", "cms.gov", "cdc.gov",
        "nlm.nih.gov", "fhir.org",
    "ietf.org", "iana.org", "oid-info.com", "dicom.nema.org", "opentelemetry.io", "apache.org",
        "springframework.org",
  };

  private Internet() {}

  /** At {@code @}. */
  static int email(Reading r, int i) {
    int at = r.t.start(i);
    return email(r, i, at, at + 1);
  }

  /** An address whose {@code @} stands from {@code at} to {@code after}, be it written {@code %40}. */
  static int email(Reading r, int i, int at, int after) {
    int start = at;
    while (start > r.from && at - start < LONGEST_LOCAL && isLocal(r.b[start - 1])) {
      start--;
    }
    while (start < at && (r.b[start] == '.' || r.b[start] == '-' || r.b[start] == '\'')) {
      start++;
    }
    int end = domain(r, after);
    if (start == at || end < 0) {
      return i;
    }
    r.found(start, end, Identifier.EMAIL);
    return r.t.after(i, end);
  }

  private static boolean isLocal(byte b) {
    return Bytes.isWord(b) || b == '.' || b == '_' || b == '+' || b == '-' || b == '\'' || b == '%';
  }

  /** Where a domain ends that has a dot and a last label of letters; -1 when there is none. */
  private static int domain(Reading r, int start) {
    int i = start;
    int dot = -1;
    while (i < r.to
        && i - start < LONGEST_DOMAIN
        && (Bytes.isWord(r.b[i]) || r.b[i] == '-' || r.b[i] == '.')) {
      if (r.b[i] == '.') {
        if (!r.wordAt(i + 1)) {
          break;
        }
        dot = i;
      }
      i++;
    }
    if (dot <= start || i - dot < 3) {
      return -1;
    }
    return Bytes.isLetter(r.b[dot + 1]) ? i : -1;
  }

  /** At the {@code :} of {@code ://}. */
  static int url(Reading r, int i) {
    int colon = r.t.start(i);
    if (r.at(colon + 1) != '/' || r.at(colon + 2) != '/') {
      return i;
    }
    int start = colon;
    while (start > r.from
        && colon - start < LONGEST_SCHEME
        && (Bytes.isWord(r.b[start - 1])
            || r.b[start - 1] == '+'
            || r.b[start - 1] == '.'
            || r.b[start - 1] == '-')) {
      start--;
    }
    if (start == colon) {
      return i;
    }
    int end = urlEnd(r, colon + 3);
    if (end <= colon + 3) {
      return i;
    }
    if (!vocabulary(r, colon + 3, end)) {
      r.found(start, end, Identifier.URL);
    }
    return r.t.after(i, end);
  }

  /** At the word {@code www}. */
  static int www(Reading r, int i) {
    int start = r.t.start(i);
    if (r.at(r.t.end(i)) != '.' || domain(r, start) < 0) {
      return i;
    }
    int end = urlEnd(r, start);
    r.found(start, end, Identifier.URL);
    return r.t.after(i, end);
  }

  static int urlEnd(Reading r, int from) {
    int i = from;
    int round = 0;
    while (i < r.to && isUrl(r.b[i])) {
      if (r.b[i] == '(') {
        round++;
      } else if (r.b[i] == ')' && --round < 0) {
        break;
      }
      i++;
    }
    while (i > from
        && (r.b[i - 1] == '.'
            || r.b[i - 1] == ','
            || r.b[i - 1] == ';'
            || r.b[i - 1] == ':'
            || r.b[i - 1] == '!'
            || r.b[i - 1] == '?'
            || r.b[i - 1] == '\'')) {
      i--;
    }
    return i;
  }

  private static boolean isUrl(byte b) {
    return (b > ' ' && b != '"' && b != '<' && b != '>' && b != '\\' && b != '|' && b != '^'
            && b != '`' && b != '{' && b != '}')
        || b < 0;
  }

  private static boolean vocabulary(Reading r, int from, int end) {
    int host = from;
    while (host < end && r.b[host] != '/' && r.b[host] != '?' && r.b[host] != '#') {
      host++;
    }
    for (int i = host; i < end; i++) {
      if (r.b[i] == '?' || r.b[i] == '@') {
        return false;
      }
    }
    for (String name : VOCABULARIES) {
      int start = host - name.length();
      if (start >= from && (start == from || r.b[start - 1] == '.') && same(r.b, start, name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean same(byte[] b, int from, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Bytes.fold(b[from + i]) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** At a number: four groups of 0 to 255 between dots, and nothing more of the kind. */
  static int ipv4(Reading r, int i) {
    int start = r.t.start(i);
    int end = dotted(r, start);
    if (end < 0
        || r.at(start - 1) == '.'
        || (r.at(start - 1) == '-' && r.wordAt(start - 2))
        || Versions.at(r, i, end)) {
      return i;
    }
    r.found(start, end, Identifier.IP);
    return r.t.after(i, end);
  }

  /** Where the address ends that begins at the byte {@code start}, or -1. */
  static int dotted(Reading r, int start) {
    int i = start;
    for (int g = 0; g < 4; g++) {
      int v = 0;
      int n = 0;
      while (r.digitAt(i) && n < 4) {
        v = v * 10 + r.b[i++] - '0';
        n++;
      }
      if (n == 0 || n > 3 || v > 255) {
        return -1;
      }
      if (g < 3 && r.at(i++) != '.') {
        return -1;
      }
    }
    return (r.at(i) == '.' && r.digitAt(i + 1)) || (Bytes.isWord(r.at(i)) && i < r.to) ? -1 : i;
  }

  /** At a token of hexadecimal digits before {@code :}, or at {@code ::}: RFC 4291, section 2.2, or a hardware address. */
  static int colons(Reading r, int i) {
    int start = r.t.start(i);
    if (r.at(start - 1) == ':' || r.wordAt(start - 1) || r.at(start - 1) == '.') {
      return i;
    }
    int p = start;
    int groups = 0;
    int elided = 0;
    int pairs = 0;
    boolean letters = false;
    while (p < r.to) {
      int n = 0;
      while (n < 5 && Bytes.hex(r.at(p + n)) >= 0 && p + n < r.to) {
        letters |= !Bytes.isDigit(r.b[p + n]);
        n++;
      }
      if (n > 4) {
        return i;
      }
      if (n > 0) {
        if (r.at(p + n) == '.' && groups >= 1 && (groups == 6 || elided > 0)) {
          int v4 = dotted(r, p);
          if (v4 > 0) {
            return address(r, i, start, v4);
          }
        }
        groups++;
        pairs += n == 2 ? 1 : 0;
        p += n;
      }
      if (r.at(p) != ':') {
        break;
      }
      if (r.at(p + 1) == ':') {
        if (++elided > 1) {
          return i;
        }
        p += 2;
        if (Bytes.hex(r.at(p)) < 0) {
          break;
        }
      } else if (Bytes.hex(r.at(p + 1)) >= 0) {
        p++;
      } else {
        break;
      }
    }
    if (r.wordAt(p) || (r.at(p) == ':' && r.wordAt(p + 1))) {
      return i;
    }
    if (groups == 6 && pairs == 6 && elided == 0) {
      r.found(start, p, Identifier.DEVICE);
      return r.t.after(i, p);
    }
    boolean whole = elided == 0 && groups == 8;
    boolean shortened = elided == 1
        && groups <= 7
        && (groups >= 2 || p - start >= 3)
        && (groups > 2 || letters || (p - start >= 3 && start >= 0 && r.at(start) == ':'));
    return whole || shortened ? address(r, i, start, p) : i;
  }

  private static int address(Reading r, int i, int start, int end) {
    int whole = end;
    if (r.at(end) == '%' && r.wordAt(end + 1)) {
      whole = end + 1;
      while (r.wordAt(whole)) {
        whole++;
      }
    }
    r.found(start, whole, Identifier.IP);
    return r.t.after(i, whole);
  }

  static boolean hexToken(Reading r, int i) {
    Tokens t = r.t;
    if (t.length(i) > 4 || r.at(t.end(i)) != ':') {
      return false;
    }
    for (int p = t.start(i); p < t.end(i); p++) {
      if (Bytes.hex(r.b[p]) < 0) {
        return false;
      }
    }
    return true;
  }
}
