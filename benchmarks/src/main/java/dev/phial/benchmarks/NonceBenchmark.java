package dev.phial.benchmarks;

import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.envelope.EnvelopeCipher;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyPurpose;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Nonces of 24 bytes drawn from the module one by one and in bulk, and values sealed one by one and together. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NonceBenchmark {
  private static final int NONCE = 24;
  private static final int AT_ONCE = 128;

  private final FipsModule module = FipsModule.start();
  private final SecureRandom random = module.bulkRandom();
  private final byte[] one = new byte[NONCE];
  private final byte[] many = new byte[AT_ONCE * NONCE];
  private final EnvelopeCipher cipher = new EnvelopeCipher(module);
  private final DataKey key = BenchKeys.of(KeyPurpose.ENCRYPT);
  private final List<DataContext> contexts =
      Collections.nCopies(AT_ONCE, DataContext.of("tenant", "given_name"));
  private final List<byte[]> values = Collections.nCopies(AT_ONCE, new byte[16]);

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

  @Benchmark
  @OperationsPerInvocation(AT_ONCE)
  public List<byte[]> sealTogether() {
    return cipher.sealAll(key, contexts, values);
  }
}
