package dev.phial.crypto.selftest;

import dev.phial.crypto.envelope.XaesSample;
import dev.phial.crypto.fips.AesKeyWrap;
import dev.phial.crypto.fips.CounterKdf;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fips.HashName;
import dev.phial.crypto.fips.HmacSha256;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/** Sample answers as standards print them. */
final class PublishedAnswers {
  private static final String KEY_128 = "2b7e151628aed2a6abf7158809cf4f3c";
  private static final String KEY_192 = KEY_128 + "ef4359d8d580aa4f";
  private static final String KEY_256 = KEY_192 + "7f036d6f04fc6a94";
  private static final String TWEAK_10 = "39383736353433323130";
  private static final String TWEAK_11 = "3737373770717273373737";
  private static final String FF1_SOURCE = "NIST, FF1 samples";
  private static final String DIGITS = "0123456789";
  private static final String LETTERS = "0123456789abcdefghi";

  static final List<Named> VECTORS = List.of(
      named("AES-256-GCM", "McGrew and Viega, test case 16", gcm()),
      named("HMAC-SHA-256", "RFC 4231, test case 1", hmac()),
      named("HKDF-SHA-256", "RFC 5869, test case 1", hkdf()),
      named("AES-KW", "RFC 3394, 4.6", kw()),
      named("AES-KWP", "RFC 5649, section 6", kwp()),
      ff1(1, KEY_128, "", 10, DIGITS, "2433477484"),
      ff1(2, KEY_128, TWEAK_10, 10, DIGITS, "6124200773"),
      ff1(3, KEY_128, TWEAK_11, 36, LETTERS, "a9tv40mll9kdu509eum"),
      ff1(4, KEY_192, "", 10, DIGITS, "2830668132"),
      ff1(5, KEY_192, TWEAK_10, 10, DIGITS, "2496655549"),
      ff1(6, KEY_192, TWEAK_11, 36, LETTERS, "xbj3kv35jrawxv32ysr"),
      ff1(7, KEY_256, "", 10, DIGITS, "6657667009"),
      ff1(8, KEY_256, TWEAK_10, 10, DIGITS, "1001623463"),
      ff1(9, KEY_256, TWEAK_11, 36, LETTERS, "xs8a0azh2avyalyzuwd"));

  static final List<Xaes> XAES = List.of(
      new Xaes(1, "", "ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271"),
      new Xaes(
          3, "c2sp.org/XAES-256-GCM", "986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d"));

  private PublishedAnswers() {}

  /** A vector with its name and where it is printed. */
  record Named(String what, String source, Vector vector) {}

  /** One of C2SP's vectors: a key of equal bytes and a fixed nonce. */
  record Xaes(int fill, String associated, String expected) {
    String what() {
      return "XAES-256-GCM, key of bytes " + fill;
    }

    String source() {
      return "C2SP";
    }

    boolean comesOut(FipsModule module) {
      byte[] key = new byte[32];
      Arrays.fill(key, (byte) fill);
      return XaesSample.comesOut(
          module,
          key,
          ascii("ABCDEFGHIJKLMNOPQRSTUVWX").bytes(),
          ascii(associated).bytes(),
          ascii("XAES-256-GCM").bytes(),
          hex(expected).bytes());
    }
  }

  /** SP 800-108r1, 4.1: counter, label, zero byte, context, length; two blocks of it. */
  static boolean counterKdfIsItsDefinition(FipsModule module) {
    byte[] key = hex(KEY_256).bytes();
    byte[] context = {1, 2, 3};
    HmacSha256 mac = new HmacSha256(module, key);
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    for (byte counter = 1; counter <= 2; counter++) {
      ByteArrayOutputStream block = new ByteArrayOutputStream();
      block.writeBytes(new byte[] {0, 0, 0, counter});
      block.writeBytes(ascii("label\0").bytes());
      block.writeBytes(context);
      block.writeBytes(new byte[] {0, 0, 2, 0});
      expected.writeBytes(mac.digest(block.toByteArray()));
    }
    return Arrays.equals(
        new CounterKdf(module).derive(key, "label", context, 64), expected.toByteArray());
  }

  private static Vector gcm() {
    return new GcmVector(
        Validity.VALID,
        hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"),
        hex("cafebabefacedbaddecaf888"),
        hex("feedfacedeadbeeffeedfacedeadbeefabaddad2"),
        hex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
            + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"),
        hex("522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
            + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
            + "76fc6ece0f4e1768cddf8853bb2d551b"),
        16);
  }

  private static Vector hmac() {
    return new HmacVector(
        Validity.VALID,
        HashName.SHA256,
        hex("0b".repeat(20)),
        ascii("Hi There"),
        hex("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"));
  }

  private static Vector hkdf() {
    return new HkdfVector(
        Validity.VALID,
        HashName.SHA256,
        hex("0b".repeat(22)),
        hex("000102030405060708090a0b0c"),
        hex("f0f1f2f3f4f5f6f7f8f9"),
        42,
        hex(
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"));
  }

  private static Vector kw() {
    return new KeyWrapVector(
        Validity.VALID,
        AesKeyWrap.KW,
        hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"),
        hex("00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f"),
        hex("28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21"));
  }

  private static Vector kwp() {
    return new KeyWrapVector(
        Validity.VALID,
        AesKeyWrap.KWP,
        hex("5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8"),
        hex("c37b7e6492584340bed12207808941155068f738"),
        hex("138bdeaa9b8fa7fc61f97742e72248ee5ae6ae5360d1ae6a5f54f373fa543b6a"));
  }

  private static Named ff1(
      int number, String key, String tweak, int radix, String plaintext, String ciphertext) {
    return named(
        "FF1, sample " + number,
        FF1_SOURCE,
        new Ff1Vector(
            Validity.VALID,
            radix,
            hex(key),
            hex(tweak),
            numerals(plaintext),
            numerals(ciphertext)));
  }

  private static Named named(String what, String source, Vector vector) {
    return new Named(what, source, vector);
  }

  private static List<Integer> numerals(String text) {
    return text.chars().mapToObj(c -> Character.digit(c, 36)).toList();
  }

  private static Octets hex(String text) {
    return Octets.hex(text);
  }

  private static Octets ascii(String text) {
    return Octets.ascii(text);
  }
}
