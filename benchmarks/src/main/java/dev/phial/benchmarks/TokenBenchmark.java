package dev.phial.benchmarks;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fpe.Ff1Engine;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.crypto.token.ElementTokenizer;
import dev.phial.crypto.token.Marking;
import dev.phial.crypto.token.TokenFormat;
import dev.phial.crypto.token.TokenInput;
import dev.phial.crypto.token.TokenOutcome;
import dev.phial.crypto.token.TokenizerFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Text in, token out: what a channel sees, per token of a batch of 64. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TokenBenchmark {
  private static final int BATCH = 64;

  private final List<TokenInput> values = values();
  private final ElementTokenizer plain = tokenizer(Marking.PLAIN);
  private final ElementTokenizer marked = tokenizer(Marking.MARKED);

  private static ElementTokenizer tokenizer(Marking marking) {
    DataKey key = BenchKeys.of(KeyPurpose.TOKENIZE);
    return new TokenizerFactory(FipsModule.start(), Ff1Engine.COMPOSED)
        .tokenizer(key, "tenant", "mrn", TokenFormat.parse("digits:9"), marking);
  }

  private static List<TokenInput> values() {
    List<TokenInput> values = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      values.add(TokenInput.of(Integer.toString(123_456_789 + i)));
    }
    return values;
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public List<TokenOutcome> plainBatch() {
    return plain.tokenize(values);
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public List<TokenOutcome> markedBatch() {
    return marked.tokenize(values);
  }
}
