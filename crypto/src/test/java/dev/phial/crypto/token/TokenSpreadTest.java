package dev.phial.crypto.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fpe.Ff1Engine;
import dev.phial.crypto.testing.Keys;
import dev.phial.crypto.token.layout.Written;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Threats T9 and T13, over a million values that follow each other. */
class TokenSpreadTest {
  private static final int VALUES = 1_000_000;
  private static final int CELLS = 1_000;
  // 999 degrees of freedom, p = 0.001.
  private static final double LIMIT = 1142.85;

  @ParameterizedTest
  @CsvSource({"digits:9, 000000000", "us-ssn, 123-45-6789", "name:latin, Łukasz"})
  void tokens_are_spread_evenly_and_all_values_come_back(String spec, String seed) {
    TokenFormat format = TokenFormat.parse(spec);
    ElementTokenizer tokenizer = new TokenizerFactory(FipsModule.start(), Ff1Engine.COMPOSED)
        .tokenizer(Keys.tokenize(), "north", "number", format, Marking.PLAIN);
    TokenSpace space = format.tokensLike(seed);
    int[] counts = new int[CELLS];
    for (int from = 0; from < VALUES; from += 1_000) {
      List<TokenInput> values = new ArrayList<>();
      for (int i = from; i < from + 1_000; i++) {
        values.add(TokenInput.of(space.token(BigInteger.valueOf(i))));
      }
      List<TokenInput> tokens = new ArrayList<>();
      for (TokenOutcome outcome : tokenizer.tokenize(values)) {
        tokens.add(TokenInput.of(((TokenOutcome.Token) outcome).text()));
      }
      tokens.forEach(token -> counts[cell(format, token.text(), space.size())]++);
      assertThat(tokenizer.detokenize(tokens))
          .isEqualTo(
              values.stream().map(value -> new TokenOutcome.Value(value.text())).toList());
    }
    assertThat(chiSquare(counts)).isLessThan(LIMIT);
  }

  private static int cell(TokenFormat format, String token, BigInteger size) {
    Written written = (Written) format.read(token);
    return written
        .space()
        .number(written.numerals())
        .multiply(BigInteger.valueOf(CELLS))
        .divide(size)
        .intValueExact();
  }

  private static double chiSquare(int[] counts) {
    double expected = (double) VALUES / CELLS;
    double sum = 0;
    for (int count : counts) {
      sum += (count - expected) * (count - expected) / expected;
    }
    return sum;
  }
}
