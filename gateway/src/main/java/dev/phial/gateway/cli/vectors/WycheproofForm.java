package dev.phial.gateway.cli.vectors;

import dev.phial.crypto.fips.HashName;
import dev.phial.crypto.selftest.Ff1Vector;
import dev.phial.crypto.selftest.GcmVector;
import dev.phial.crypto.selftest.HkdfVector;
import dev.phial.crypto.selftest.HmacVector;
import dev.phial.crypto.selftest.KeyWrapVector;
import dev.phial.crypto.selftest.Octets;
import dev.phial.crypto.selftest.Validity;
import dev.phial.crypto.selftest.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Project Wycheproof's files: {@code testGroups} of {@code tests}, each with its {@code result}. */
final class WycheproofForm {
  static final String PUBLISHER = "Wycheproof";

  /** Makes a vector of a test and the group that it is in. */
  private interface Reader {
    Vector read(JsonNode group, JsonNode test);
  }

  /** One of the two modes of key wrap. */
  private interface KeyWrap {
    Vector vector(Validity validity, Octets wrapping, Octets key, Octets wrapped);
  }

  private static final Map<String, Reader> READERS = new TreeMap<>(Map.ofEntries(
      Map.entry("AES-GCM", (group, test) -> gcm(group, test)),
      Map.entry("AES-FF1", (group, test) -> ff1(group, test)),
      Map.entry("AES-WRAP", (group, test) -> keyWrap(KeyWrapVector::kw, test)),
      Map.entry("AES-KWP", (group, test) -> keyWrap(KeyWrapVector::kwp, test)),
      Map.entry("HMACSHA1", (group, test) -> hmac(HashName.SHA1, test)),
      Map.entry("HMACSHA224", (group, test) -> hmac(HashName.SHA224, test)),
      Map.entry("HMACSHA256", (group, test) -> hmac(HashName.SHA256, test)),
      Map.entry("HMACSHA384", (group, test) -> hmac(HashName.SHA384, test)),
      Map.entry("HMACSHA512", (group, test) -> hmac(HashName.SHA512, test)),
      Map.entry("HKDF-SHA-1", (group, test) -> hkdf(HashName.SHA1, test)),
      Map.entry("HKDF-SHA-256", (group, test) -> hkdf(HashName.SHA256, test)),
      Map.entry("HKDF-SHA-384", (group, test) -> hkdf(HashName.SHA384, test)),
      Map.entry("HKDF-SHA-512", (group, test) -> hkdf(HashName.SHA512, test))));

  private WycheproofForm() {}

  static String algorithms() {
    return String.join(", ", READERS.keySet());
  }

  /** Empty when this form does not know the algorithm. */
  static Optional<VectorFile> read(String name, String algorithm, JsonNode file) {
    return Optional.ofNullable(READERS.get(algorithm))
        .map(reader -> new VectorFile(name, algorithm, PUBLISHER, cases(file, reader)));
  }

  private static List<VectorCase> cases(JsonNode file, Reader reader) {
    List<VectorCase> cases = new ArrayList<>();
    for (JsonNode group : file.get("testGroups").items()) {
      for (JsonNode test : group.get("tests").items()) {
        cases.add(new VectorCase(test.get("tcId").number(), reader.read(group, test)));
      }
    }
    return cases;
  }

  private static Vector gcm(JsonNode group, JsonNode test) {
    return new GcmVector(
        validity(test),
        test.get("key").octets(),
        test.get("iv").octets(),
        test.get("aad").octets(),
        test.get("msg").octets(),
        test.get("ct").octets().and(test.get("tag").octets()),
        group.get("tagSize").integer() / Byte.SIZE);
  }

  private static Vector ff1(JsonNode group, JsonNode test) {
    return new Ff1Vector(
        validity(test),
        group.get("radix").integer(),
        test.get("key").octets(),
        test.get("tweak").octets(),
        numerals(group, test.get("msg")),
        numerals(group, test.get("ct")));
  }

  private static List<Integer> numerals(JsonNode group, JsonNode string) {
    return string.isList()
        ? Numerals.of(string)
        : Numerals.of(string, group.get("alphabet").text());
  }

  private static Vector keyWrap(KeyWrap mode, JsonNode test) {
    return mode.vector(
        validity(test),
        test.get("key").octets(),
        test.get("msg").octets(),
        test.get("ct").octets());
  }

  private static Vector hmac(HashName hash, JsonNode test) {
    return new HmacVector(
        validity(test),
        hash,
        test.get("key").octets(),
        test.get("msg").octets(),
        test.get("tag").octets());
  }

  private static Vector hkdf(HashName hash, JsonNode test) {
    return new HkdfVector(
        validity(test),
        hash,
        test.get("ikm").octets(),
        test.get("salt").octets(),
        test.get("info").octets(),
        test.get("size").integer(),
        test.get("okm").octets());
  }

  private static Validity validity(JsonNode test) {
    JsonNode result = test.get("result");
    return switch (result.text()) {
      case "valid" -> Validity.VALID;
      case "invalid" -> Validity.INVALID;
      case "acceptable" -> Validity.ACCEPTABLE;
      default ->
        throw new VectorFileException(result.where() + " is none of valid, invalid, acceptable");
    };
  }
}
