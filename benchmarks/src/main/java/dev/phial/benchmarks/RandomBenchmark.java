package dev.phial.benchmarks;

import dev.phial.crypto.fips.FipsModule;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** 192 random bits from the approved generator: 128 nonces in one draw, and each on its own. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RandomBenchmark {
  private static final int NONCE = 24;
  private static final int AT_ONCE = 128;

  private final SecureRandom random = FipsModule.start().random();
  private final byte[] one = new byte[NONCE];
  private final byte[] many = new byte[NONCE * AT_ONCE];

  @Benchmark
  public byte[] drawnEach() {
    random.nextBytes(one);
    return one;
  }

  @Benchmark
  @OperationsPerInvocation(AT_ONCE)
  public byte[] drawnInBulk() {
    random.nextBytes(many);
    return many;
  }
}
