package dev.phial.benchmarks;

import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.envelope.Envelope;
import dev.phial.crypto.envelope.EnvelopeCipher;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyPurpose;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Whole envelopes: derived key, commitment, context and all. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EnvelopeBenchmark {
  @Param({"16", "1024"})
  private int size = 16;

  private final EnvelopeCipher cipher = new EnvelopeCipher(FipsModule.start());
  private final DataKey key = BenchKeys.of(KeyPurpose.ENCRYPT);
  private final DataContext context = DataContext.of("tenant", "given_name");
  private byte[] plaintext = {};
  private Envelope sealed = Envelope.parse(cipher.seal(key, context, plaintext));

  @Setup
  public void prepare() {
    plaintext = new byte[size];
    sealed = Envelope.parse(cipher.seal(key, context, plaintext));
  }

  @Benchmark
  public byte[] seal() {
    return cipher.seal(key, context, plaintext);
  }

  @Benchmark
  public byte[] open() {
    return cipher.open(key, context, sealed);
  }
}
