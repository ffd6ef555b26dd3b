package dev.phial.crypto.fpe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fips.FipsModuleException;
import dev.phial.crypto.testing.Wycheproof;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Project Wycheproof's FF1 vectors through both engines. */
class WycheproofFf1Test {

  static Stream<Arguments> filesAndEngines() {
    return Stream.of(
            "base10", "base36", "base62", "radix10", "radix26", "radix36", "radix62", "radix256")
        .flatMap(file -> Stream.of(Ff1Engine.values()).map(engine -> Arguments.of(file, engine)));
  }

  @ParameterizedTest
  @MethodSource("filesAndEngines")
  void no_vector_is_answered_wrongly(String file, Ff1Engine engine) {
    List<Wycheproof.Case> cases = Wycheproof.cases("wycheproof-ff1/aes_ff1_" + file + "_test.json");
    List<String> wrong = new ArrayList<>();
    int right = 0;
    for (Wycheproof.Case c : cases) {
      boolean good = c.valid() ? answersRightly(engine, c) : refuses(engine, c);
      if (good) {
        right++;
      } else {
        wrong.add(c.id());
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(right).isEqualTo(cases.size());
  }

  private static boolean answersRightly(Ff1Engine engine, Wycheproof.Case c) {
    int radix = c.group().get("radix").asInt();
    byte[] msg = numerals(c, "msg");
    byte[] ct = numerals(c, "ct");
    if (msg.length < Ff1Domain.minLength(radix)) {
      return c.test().get("flags").toString().contains("SmallMessageSize") && refuses(engine, c);
    }
    Ff1 ff1 = engine.under(FipsModule.start(), c.bytes("key"));
    byte[][] tweaks = {c.bytes("tweak")};
    byte[][] there = {msg.clone()};
    byte[][] back = {ct.clone()};
    ff1.encrypt(radix, there, tweaks);
    ff1.decrypt(radix, back, tweaks);
    return Arrays.equals(there[0], ct) && Arrays.equals(back[0], msg);
  }

  private static boolean refuses(Ff1Engine engine, Wycheproof.Case c) {
    try {
      Ff1 ff1 = engine.under(FipsModule.start(), c.bytes("key"));
      ff1.encrypt(c.group().get("radix").asInt(), new byte[][] {numerals(c, "msg")}, new byte[][] {
        c.bytes("tweak")
      });
      return false;
    } catch (IllegalArgumentException | FipsModuleException e) {
      return true;
    }
  }

  private static byte[] numerals(Wycheproof.Case c, String field) {
    JsonNode node = c.test().get(field);
    byte[] numerals = new byte[node.isArray() ? node.size() : node.asText().length()];
    for (int i = 0; i < numerals.length; i++) {
      int numeral = node.isArray()
          ? node.get(i).asInt()
          : c.group().get("alphabet").asText().indexOf(node.asText().charAt(i));
      if (numeral < 0 || numeral > 255) {
        throw new IllegalArgumentException("not a numeral that a byte holds");
      }
      numerals[i] = (byte) numeral;
    }
    return numerals;
  }
}
