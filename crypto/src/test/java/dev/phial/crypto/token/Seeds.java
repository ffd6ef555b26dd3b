package dev.phial.crypto.token;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.provider.Arguments;

/** One value of each kind that each format takes, and random values like it. All are invented. */
final class Seeds {
  private Seeds() {}

  /** Format, value, and what the value's tokens look like. */
  static List<Arguments> all() {
    return List.of(
        Arguments.of("digits:7..12", "12345678", "[0-9]{8}"),
        Arguments.of("alnum:4..30", "aZ09x", "[0-9A-Za-z]{5}"),
        Arguments.of("letters:5..20", "AbcdeF", "[A-Za-z]{6}"),
        Arguments.of("letters-upper:5..20", "ABCDEF", "[A-Z]{6}"),
        Arguments.of("letters-lower:5..20", "abcdef", "[a-z]{6}"),
        Arguments.of("latin:4..40", "Zoë\u0141", "\\p{IsLatin}{4}"),
        Arguments.of("greek:4..40", "Ελένης", "\\p{IsGreek}{6}"),
        Arguments.of("cyrillic:4..40", "Щербаќ", "\\p{IsCyrillic}{6}"),
        Arguments.of("us-ssn:any", "999-12-3456", "[0-9]{3}-[0-9]{2}-[0-9]{4}"),
        Arguments.of(
            "us-ssn", "123-45-6789", "(?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}"),
        Arguments.of("us-ssn", "123456789", "(?!000|666|9)[0-9]{3}(?!00)[0-9]{2}(?!0000)[0-9]{4}"),
        Arguments.of("us-ssn:invalid", "123-45-6789", "[A-I][0-9]{2}-[0-9]{2}-[0-9]{4}"),
        Arguments.of("us-ssn:invalid", "123456789", "[A-I][0-9]{8}"),
        Arguments.of("npi", "1234567893", "[12][0-9]{9}"),
        Arguments.of("dea", "AB1234563", "[A-HJ-MPR-UX][A-Z9][0-9]{7}"),
        Arguments.of(
            "mbi", "1EG4TE5MK73", "[1-9][A-Z][0-9A-Z][0-9][A-Z][0-9A-Z][0-9][A-Z]{2}[0-9]{2}"),
        Arguments.of(
            "mbi", "1EG4-TE5-MK73", "[1-9][A-Z][0-9A-Z][0-9]-[A-Z][0-9A-Z][0-9]-[A-Z]{2}[0-9]{2}"),
        Arguments.of("card", "4111 1111 1111 1111", "[0-9]{4}( [0-9]{4}){3}"),
        Arguments.of("card:16:bin6", "4111111111111111", "411111[0-9]{10}"),
        Arguments.of("card:16..19:bin8", "4111111111111111", "41111111[0-9]{8}"),
        Arguments.of("card:last4", "378282246310005", "[0-9]{11}0005"),
        Arguments.of("card:19:bin6:last4", "6304000000000000000", "630400[0-9]{9}0000"),
        Arguments.of("phone", "+44 20 7946 0958", "\\+44 [0-9]{2} [0-9]{4} [0-9]{4}"),
        Arguments.of(
            "phone", "+1 (212) 555-0100", "\\+1 \\([2-9][0-9]{2}\\) [2-9][0-9]{2}-[0-9]{4}"),
        Arguments.of("phone", "+353123456", "\\+353[0-9]{6}"),
        Arguments.of("phone-us", "212-555-0100", "[2-9][0-9]{2}-[2-9][0-9]{2}-[0-9]{4}"),
        Arguments.of("phone-us", "1.212.555.0100", "1\\.[2-9][0-9]{2}\\.[2-9][0-9]{2}\\.[0-9]{4}"),
        Arguments.of(
            "email",
            "Ada.Example+lab@clinic.example",
            "[A-Z][a-z0-9]{2}\\.[A-Z][a-z0-9]{6}\\+[a-z0-9]{3}@clinic\\.example"),
        Arguments.of("email", "jo@clinic.example", "[a-z0-9]{1,4}@clinic\\.example"),
        Arguments.of(
            "email:hide-domain",
            "jo.example@aol.example",
            "[a-z0-9]{2}\\.[a-z0-9]{7}@[a-z0-9]{1,4}\\.example"),
        Arguments.of(
            "email:hide-domain",
            "jo@mail.clinic.example",
            "[a-z0-9]{1,4}@[a-z0-9]{4}\\.[a-z0-9]{6}\\.example"),
        Arguments.of("name:ascii", "Li", "[A-Z][a-z]{0,4}"),
        Arguments.of("name:ascii", "li", "[a-z]{1,5}"),
        Arguments.of("name:ascii", "LI", "[A-Z]{2,5}"),
        Arguments.of(
            "name:ascii", "Anne-Marie O'Hara", "[A-Z][a-z]{3}-[A-Z][a-z]{4} [A-Z]'[A-Z][a-z]{3}"),
        Arguments.of("name:latin", "Łukasz Weiß", "\\p{Lu}\\p{Ll}{5} \\p{Lu}\\p{Ll}{3}"),
        Arguments.of("name:greek", "Ελένη Παππάς", "\\p{Lu}\\p{Ll}{4} \\p{Lu}\\p{Ll}{5}"),
        Arguments.of("name:cyrillic", "Щербак", "\\p{Lu}\\p{Ll}{5}"),
        Arguments.of("ipv4", "192.0.2.17", "[0-9]{1,3}(\\.[0-9]{1,3}){3}"),
        Arguments.of("ipv4:/8", "10.0.2.17", "10(\\.[0-9]{1,3}){3}"),
        Arguments.of("ipv6", "2001:db8::1", "[0-9a-f:]{2,39}"),
        Arguments.of("ipv6:/32", "2001:db8::1", "2001:db8:[0-9a-f:]+"),
        Arguments.of("ipv6:/61", "ff:0:0:7::", "ff::[0-9a-f:]*|ff:0:0:[0-9a-f:]+"),
        Arguments.of(
            "uuid",
            "00112233-4455-6677-8899-aabbccddeeff",
            "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
        Arguments.of("pattern:MRN-{d7}-{luhn}", "MRN-1234567-4", "MRN-[0-9]{7}-[0-9]"),
        Arguments.of("pattern:{=A2}{X6..12}", "AB12345678", "AB[0-9A-Z]{8}"),
        Arguments.of(
            "pattern:{h8}-4{h3}-{[89ab]}{h3}",
            "0123abcd-4abc-8def",
            "[0-9a-f]{8}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}"),
        Arguments.of(
            "pattern:{[α-ω]5}\\{{L}{d3}\\}", "αβγδε{x123}", "[α-ω]{5}\\{[A-Za-z][0-9]{3}}"));
  }

  /** Random values that keep what {@code value} keeps. */
  static List<String> like(TokenFormat format, String value, int count, long seed) {
    TokenSpace space = format.tokensLike(value);
    Random random = new Random(seed);
    List<String> values = new ArrayList<>();
    while (values.size() < count) {
      BigInteger number = new BigInteger(space.size().bitLength(), random);
      if (number.compareTo(space.size()) < 0) {
        values.add(space.token(number));
      }
    }
    return values;
  }
}
