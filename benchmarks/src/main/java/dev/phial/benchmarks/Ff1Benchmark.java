package dev.phial.benchmarks;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fpe.Ff1;
import dev.phial.crypto.fpe.Ff1Engine;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** FF1 over nine digits: both engines, one string and 64, one tweak for all and one for each. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Ff1Benchmark {
  private static final int BATCH = 64;
  private static final int DIGITS = 9;
  private static final int RADIX = 10;

  private final FipsModule module = FipsModule.start();
  private final Ff1 composed = Ff1Engine.COMPOSED.under(module, new byte[32]);
  private final Ff1 own = Ff1Engine.MODULE.under(module, new byte[32]);

  private final byte[][] batch = distinctValues();
  private final byte[][] sameTweak = tweaks(16, false);
  private final byte[][] tweakEach = tweaks(8, true);
  private final byte[][] wideTweakEach = tweaks(16, true);
  private final byte[][] one = {new byte[DIGITS]};
  private final byte[][] oneTweak = {new byte[16]};
  private int turn;

  // Equal values would take equal branches, and flatter.
  private static byte[][] distinctValues() {
    byte[][] values = new byte[BATCH][DIGITS];
    for (int i = 0; i < BATCH; i++) {
      values[i][0] = (byte) (i / 10);
      values[i][1] = (byte) (i % 10);
    }
    return values;
  }

  private static byte[][] tweaks(int length, boolean each) {
    byte[][] tweaks = new byte[BATCH][length];
    for (int i = 0; i < BATCH && each; i++) {
      tweaks[i][0] = (byte) i;
    }
    return tweaks;
  }

  @Benchmark
  public byte[][] composedSingle() {
    composed.encrypt(RADIX, one, oneTweak);
    return one;
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public byte[][] composedBatchSameTweak() {
    composed.encrypt(RADIX, batch, sameTweak);
    return batch;
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public byte[][] composedBatchTweakEach() {
    composed.encrypt(RADIX, batch, tweakEach);
    return batch;
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public byte[][] composedBatchWideTweakEach() {
    composed.encrypt(RADIX, batch, wideTweakEach);
    return batch;
  }

  @Benchmark
  public byte[][] moduleSameTweak() {
    own.encrypt(RADIX, one, oneTweak);
    return one;
  }

  @Benchmark
  public byte[][] moduleTweakEach() {
    oneTweak[0][0] = (byte) turn++;
    own.encrypt(RADIX, one, oneTweak);
    return one;
  }
}
