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

/** Nonces of 24 bytes drawn from the module one by one and in bulk. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NonceBenchmark {
  private static final int NONCE = 24;
  private static final int AT_ONCE = 128;

  private final SecureRandom random = FipsModule.start().bulkRandom();
  private final byte[] one = new byte[NONCE];
  private final byte[] many = new byte[AT_ONCE * NONCE];

  @Benchmark
  public byte[] drawOne() {
    random.nextBytes(one);
    return one;
  }

  @Benchmark
  @OperationsPerInvocation(AT_ONCE)
  public byte[] drawInBulk() {
    random.nextBytes(many);
    return many;
  }
}
