package dev.phial.crypto.fpe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.crypto.fips.FipsModule;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The nine samples that NIST publishes for FF1. */
class NistFf1SamplesTest {
  private static final String KEY_128 = "2B7E151628AED2A6ABF7158809CF4F3C";
  private static final String KEY_192 = KEY_128 + "EF4359D8D580AA4F";
  private static final String KEY_256 = KEY_192 + "7F036D6F04FC6A94";
  private static final String TWEAK_10 = "39383736353433323130";
  private static final String TWEAK_11 = "3737373770717273373737";

  static Stream<Arguments> samples() {
    return Stream.of(
            sample(KEY_128, "", 10, "0123456789", "2433477484"),
            sample(KEY_128, TWEAK_10, 10, "0123456789", "6124200773"),
            sample(KEY_128, TWEAK_11, 36, "0123456789abcdefghi", "a9tv40mll9kdu509eum"),
            sample(KEY_192, "", 10, "0123456789", "2830668132"),
            sample(KEY_192, TWEAK_10, 10, "0123456789", "2496655549"),
            sample(KEY_192, TWEAK_11, 36, "0123456789abcdefghi", "xbj3kv35jrawxv32ysr"),
            sample(KEY_256, "", 10, "0123456789", "6657667009"),
            sample(KEY_256, TWEAK_10, 10, "0123456789", "1001623463"),
            sample(KEY_256, TWEAK_11, 36, "0123456789abcdefghi", "xs8a0azh2avyalyzuwd"))
        .flatMap(s -> s);
  }

  private static Stream<Arguments> sample(
      String key, String tweak, int radix, String plain, String cipher) {
    return Stream.of(Ff1Engine.values())
        .map(e -> Arguments.of(e, key, tweak, radix, plain, cipher));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void every_published_sample_comes_out_in_both_directions(
      Ff1Engine engine, String key, String tweak, int radix, String plain, String cipher) {
    Ff1 ff1 = engine.under(FipsModule.start(), HexFormat.of().parseHex(key));
    byte[][] tweaks = {HexFormat.of().parseHex(tweak)};
    byte[][] numerals = {numerals(plain)};
    ff1.encrypt(radix, numerals, tweaks);
    assertThat(numerals[0]).isEqualTo(numerals(cipher));
    ff1.decrypt(radix, numerals, tweaks);
    assertThat(numerals[0]).isEqualTo(numerals(plain));
  }

  private static byte[] numerals(String text) {
    byte[] numerals = new byte[text.length()];
    for (int i = 0; i < numerals.length; i++) {
      numerals[i] = (byte) Character.digit(text.charAt(i), 36);
    }
    return numerals;
  }
}
