package dev.phial.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The ratios of sealed forms to the module, for a machine that has other work to do: both sides take turns in one thread, each
 * turn is charged with the CPU time of that thread only, and the median of the turns' ratios counts. The module's clean-up
 * threads are not charged to anyone. {@code phial bench} is for quiet machines.
 */
public final class RatioMain {
  private static final int ROUNDS = 41;
  private static final long TURN_NANOS = 40_000_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Blackhole hole = new Blackhole(
      "Today's password is swordfish. I understand instantiating Blackholes directly is dangerous.");

  private RatioMain() {}

  public static void main(String[] args) throws GeneralSecurityException {
    new RatioMain().run();
  }

  private void run() throws GeneralSecurityException {
    ModuleGcmBenchmark module = new ModuleGcmBenchmark();
    module.prepare();
    EnvelopeBenchmark envelope = new EnvelopeBenchmark();
    envelope.prepare();
    NonceBenchmark nonces = new NonceBenchmark();
    RecordBenchmark records = new RecordBenchmark();
    StreamBenchmark streams = new StreamBenchmark();
    Ff1Benchmark tokens = new Ff1Benchmark();
    printRate("FF1, 9 digits, batch of 64, one tweak", 64, tokens::composedBatchSameTweak);
    printRate("FF1, 9 digits, batch of 64, a tweak each", 64, tokens::composedBatchTweakEach);
    printRate("FF1, 9 digits, one at a time", 1, tokens::composedSingle);
    print(
        4,
        "module's FF1, a tweak each / composed, one",
        tokens::moduleTweakEach,
        tokens::composedSingle);
    print(16, "seal a value / module's init + doFinal", envelope::seal, module::encrypt);
    print(16, "open a value / module's init + doFinal", envelope::open, module::decrypt);
    print(
        2,
        "draw 128 nonces one by one / in bulk",
        () -> {
          for (int i = 0; i < 128; i++) {
            hole.consume(nonces.drawOne());
          }
          return hole;
        },
        nonces::drawInBulk);
    print(
        2,
        "seal 64 values / one record of 64",
        () -> {
          records.sealValues(hole);
          return hole;
        },
        records::sealRecord);
    print(
        2,
        "open 64 values / one record of 64",
        () -> {
          records.openValues(hole);
          return hole;
        },
        () -> {
          records.openRecord(hole);
          return hole;
        });
    printAllocation("a token of a batch of 64", 64, tokens::composedBatchTweakEach);
    printAllocation("a token, one at a time", 1, tokens::composedSingle);
    printAllocation("the module's init + doFinal, 16 B", 1, module::encrypt);
    printAllocation("seal a value of 16 B", 1, envelope::seal);
    printAllocation("open a value of 16 B", 1, envelope::open);
    print(1, "module's doFinal of 64 MiB / sealing a stream", streams::moduleSeal, streams::seal);
    print(1, "module's doFinal of 64 MiB / opening a stream", streams::moduleSeal, streams::open);
  }

  /** What one call leaves to the collector when all is warm. */
  private void printAllocation(String what, int of, Work work) throws GeneralSecurityException {
    turn(16, work);
    long calls = 10_000;
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (long i = 0; i < calls; i++) {
      hole.consume(work.run());
    }
    long bytes = (THREADS.getCurrentThreadAllocatedBytes() - before) / calls / of;
    System.out.printf(Locale.ROOT, "%-48s %6d bytes allocated%n", what, bytes);
  }

  private void printRate(String what, int tokens, Work work) throws GeneralSecurityException {
    double[] nanos = new double[ROUNDS];
    for (int round = -ROUNDS / 2; round < ROUNDS; round++) {
      double one = turn(16, work) / tokens;
      if (round >= 0) {
        nanos[round] = one;
      }
    }
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "%-48s %6.2f million/s (quartiles %.2f and %.2f)%n",
        what,
        1e3 / nanos[ROUNDS / 2],
        1e3 / nanos[3 * ROUNDS / 4],
        1e3 / nanos[ROUNDS / 4]);
  }

  private void print(int atOnce, String what, Work one, Work other)
      throws GeneralSecurityException {
    double[] ratios = new double[ROUNDS];
    for (int round = -ROUNDS / 2; round < ROUNDS; round++) {
      double ratio = turn(atOnce, one) / turn(atOnce, other);
      if (round >= 0) { // those before warm up
        ratios[round] = ratio;
      }
    }
    Arrays.sort(ratios);
    System.out.printf(
        Locale.ROOT,
        "%-48s %6.2f  (quartiles %.2f and %.2f)%n",
        what,
        ratios[ROUNDS / 2],
        ratios[ROUNDS / 4],
        ratios[3 * ROUNDS / 4]);
  }

  /** CPU nanoseconds of one call, over a turn. */
  private double turn(int atOnce, Work work) throws GeneralSecurityException {
    long calls = 0;
    long begin = THREADS.getCurrentThreadCpuTime();
    long spent = 0;
    while (spent < TURN_NANOS) {
      for (int i = 0; i < atOnce; i++) {
        hole.consume(work.run());
      }
      calls += atOnce;
      spent = THREADS.getCurrentThreadCpuTime() - begin;
    }
    return (double) (THREADS.getCurrentThreadCpuTime() - begin) / calls;
  }

  /** One side's call. */
  @FunctionalInterface
  private interface Work {
    Object run() throws GeneralSecurityException;
  }
}
