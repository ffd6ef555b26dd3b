package dev.phial.masking.structure;

import dev.phial.masking.Identifier;
import dev.phial.masking.lexicon.Hash;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where FHIR R4 has identifiers: by the names that lead to a value within its resource. */
final class Fhir {
  static final long RESOURCE_TYPE = Hash.word("resourceType");
  static final long URL = Hash.word("url");
  static final long SYSTEM = Hash.word("system");

  private static final long ID = Hash.word("id");
  private static final long VALUE = Hash.word("value");
  private static final long TEXT = Hash.word("text");
  private static final long NAME = Hash.word("name");
  private static final long DISPLAY = Hash.word("display");
  private static final long REFERENCE = Hash.word("reference");
  private static final long FULL_URL = Hash.word("fullUrl");
  private static final long IDENTIFIER = Hash.word("identifier");
  private static final long TELECOM = Hash.word("telecom");
  private static final long PHOTO = Hash.word("photo");
  private static final long LAST_UPDATED = Hash.word("lastUpdated");
  private static final long VALUE_STRING = Hash.word("valueString");
  private static final long VALUE_DECIMAL = Hash.word("valueDecimal");
  private static final long PATIENT = Hash.word("Patient");
  private static final Set<Long> NAMES = hashes("family given");
  private static final Set<Long> ADDRESS = hashes("line city district postalCode");
  private static final Set<Long> ADDRESSES = hashes("address valueAddress");
  /** Whose display is a term and no person's name. */
  private static final Set<Long> TERMS = hashes(
      "coding code valueCoding category type class valueCodeableConcept tag security meta use system interpretation");
  /** What FHIR defines and no one writes by hand. */
  private static final Set<Long> DEFINED = hashes(
      "system code unit status profile resourceType version use language intent mode rank type gender linkId contentType");

  private Fhir() {}

  private static Set<Long> hashes(String words) {
    Set<Long> hashes = new HashSet<>();
    for (String word : words.split(" ", -1)) {
      hashes.add(Hash.word(word));
    }
    return hashes;
  }

  /** What a value's place makes of it; null when its text must be read. */
  static @Nullable Identifier place(JsonPath path, byte[] b, int from, int to) {
    long own = path.named(0);
    long outer = path.named(1);
    if (NAMES.contains(own) || (own == TEXT && outer == NAME)) {
      return Identifier.NAME;
    }
    if (ADDRESSES.contains(outer) && (ADDRESS.contains(own) || own == TEXT)) {
      return Identifier.GEO;
    }
    if (own == VALUE) {
      return outer == IDENTIFIER ? number(path) : outer == TELECOM ? contact(b, from, to) : null;
    }
    if (own == DISPLAY) {
      return TERMS.contains(outer) ? null : Identifier.NAME;
    }
    if ((own == ID && path.atResource()) || own == REFERENCE || own == FULL_URL) {
      return Identifier.OTHER;
    }
    if (outer == PHOTO && !DEFINED.contains(own)) {
      return Identifier.PHOTO;
    }
    return said(path, own);
  }

  private static @Nullable Identifier said(JsonPath path, long own) {
    if (own == VALUE_STRING && path.note(0) == MAIDEN) {
      return Identifier.NAME;
    }
    return own == VALUE_DECIMAL && path.note(0) == COORDINATE ? Identifier.GEO : null;
  }

  private static final long MAIDEN = 1;
  private static final long COORDINATE = 2;
  private static final long SOCIAL = 3;
  private static final long LICENCE = 4;

  /** What the {@code url} of an extension or the {@code system} of an identifier says of the values beside it. */
  static long note(String text) {
    if (text.endsWith("patient-mothersMaidenName")) {
      return MAIDEN;
    }
    if (text.equals("latitude") || text.equals("longitude")) {
      return COORDINATE;
    }
    if (text.endsWith("us-ssn") || text.endsWith("2.16.840.1.113883.4.1")) {
      return SOCIAL;
    }
    return text.contains("us-npi")
            || text.contains("4.3.25")
            || text.contains("license")
            || text.contains("passport")
        ? LICENCE
        : 0;
  }

  private static Identifier number(JsonPath path) {
    long note = path.note(0);
    if (note == SOCIAL) {
      return Identifier.SSN;
    }
    if (note == LICENCE) {
      return Identifier.LICENSE;
    }
    return path.resource() == PATIENT ? Identifier.MRN : Identifier.OTHER;
  }

  private static Identifier contact(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (b[i] == '@') {
        return Identifier.EMAIL;
      }
      if (b[i] == '/') {
        return Identifier.URL;
      }
    }
    return Identifier.PHONE;
  }

  /** Whether a value is one of FHIR's own words and needs no reading. */
  static boolean defined(JsonPath path, byte[] b, int from, int to) {
    long own = path.named(0);
    return DEFINED.contains(own)
        || ((own == DISPLAY || own == TEXT) && TERMS.contains(path.named(1)))
        || (own == URL
            && to - from > 4
            && b[from] == 'h'
            && path.named(1) != PHOTO
            && canonical(b, from, to));
  }

  private static boolean canonical(byte[] b, int from, int to) {
    String url = new String(b, from, to - from, java.nio.charset.StandardCharsets.UTF_8);
    return url.contains("/StructureDefinition/");
  }

  static boolean stamp(JsonPath path) {
    return path.named(0) == LAST_UPDATED;
  }

  /** {@code 2019-04-11T10:16:33+02:15} and what FHIR cuts from its end. */
  static boolean date(byte[] b, int from, int to) {
    int n = to - from;
    if ((n != 7 && n != 10 && n < 16) || n > 35) {
      return false;
    }
    for (int i = 0; i < Math.min(n, 10); i++) {
      boolean dash = i == 4 || i == 7;
      byte c = b[from + i];
      if (dash ? c != '-' : c < '0' || c > '9') {
        return false;
      }
    }
    return n <= 10 || b[from + 10] == 'T';
  }

  /** Where in a reference the identity begins: behind the last {@code /} or {@code :}. */
  static int identity(byte[] b, int from, int to) {
    int start = from;
    for (int i = from; i < to; i++) {
      if ((b[i] == '/' || b[i] == ':' || b[i] == '#') && i + 1 < to) {
        start = i + 1;
      }
    }
    return start;
  }

  static boolean refers(JsonPath path) {
    long own = path.named(0);
    return own == REFERENCE || own == FULL_URL;
  }
}
