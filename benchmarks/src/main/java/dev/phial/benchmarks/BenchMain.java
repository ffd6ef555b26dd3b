package dev.phial.benchmarks;

import dev.phial.crypto.fips.FipsModule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** {@code phial bench}: one table. With {@code --quick} in about two minutes, otherwise in about ten. */
public final class BenchMain {
  private static final String TWEAK_EACH = "Ff1Benchmark.moduleTweakEach";
  private static final String ALL = "dev\\.phial\\.benchmarks\\..*Benchmark\\..*";
  private static final String PEERS = "dev\\.phial\\.benchmarks\\..*PeerBenchmark\\..*";
  private static final List<Figure> FIGURES = List.of(
      new Figure(
          "FF1, 9 digits, batch of 64, one tweak",
          "Ff1Benchmark.composedBatchSameTweak",
          "Ff1Benchmark.moduleSameTweak",
          ">= 8 M/s"),
      new Figure(
          "FF1, 9 digits, batch of 64, a tweak each",
          "Ff1Benchmark.composedBatchTweakEach",
          TWEAK_EACH,
          ">= 8 M/s, >= 80 x"),
      new Figure(
          "FF1, 9 digits, batch of 64, a 16-byte tweak each",
          "Ff1Benchmark.composedBatchWideTweakEach",
          TWEAK_EACH,
          ""),
      new Figure(
          "FF1, 9 digits, one at a time",
          "Ff1Benchmark.composedSingle",
          "Ff1Benchmark.moduleSameTweak",
          ">= 0.9 M/s"),
      new Figure("  the module's own FF1, one tweak", "Ff1Benchmark.moduleSameTweak", "", ""),
      new Figure("  the module's own FF1, a tweak each", TWEAK_EACH, "", ""),
      new Figure("  bcprov's FF1, one tweak", "Ff1PeerBenchmark.bcprovSameTweak", "", ""),
      new Figure("  bcprov's FF1, a tweak each", "Ff1PeerBenchmark.bcprovTweakEach", "", ""),
      new Figure(
          "FF1, batch of 64, a tweak each, beside bcprov's",
          "Ff1Benchmark.composedBatchTweakEach",
          "Ff1PeerBenchmark.bcprovTweakEach",
          ">= 25 x"),
      new Figure(
          "  SunJCE's AES of ten rounds alone, batch of 64",
          "Ff1PeerBenchmark.sunAesOfTenRounds",
          "",
          "the floor"),
      new Figure(
          "token of 9 digits, text to text, batch of 64", "TokenBenchmark.plainBatch", "", ""),
      new Figure("marked token of 9 digits, batch of 64", "TokenBenchmark.markedBatch", "", ""),
      new Figure(
          "seal 16 B", "EnvelopeBenchmark.seal/16", "ModuleGcmBenchmark.encrypt/16", "<= 1.3 x"),
      new Figure(
          "seal 1 KiB",
          "EnvelopeBenchmark.seal/1024",
          "ModuleGcmBenchmark.encrypt/1024",
          "<= 1.3 x"),
      new Figure(
          "seal a field of 16 B in a record of 64",
          "RecordBenchmark.sealRecord",
          "RecordBenchmark.sealValues",
          ">= 20 x one value"),
      new Figure(
          "open a field of 16 B in a record of 64",
          "RecordBenchmark.openRecord",
          "RecordBenchmark.openValues",
          ">= 20 x one value"),
      new Figure(
          "seal a stream of 64 MiB, per MiB",
          "StreamBenchmark.seal",
          "StreamBenchmark.moduleSeal",
          "<= 1.25 x"),
      new Figure(
          "open a stream of 64 MiB, per MiB",
          "StreamBenchmark.open",
          "StreamBenchmark.moduleSeal",
          "<= 1.25 x"),
      new Figure(
          "a nonce of 24 B drawn with 127 others",
          "NonceBenchmark.drawInBulk",
          "NonceBenchmark.drawOne",
          ">= 10 x"),
      new Figure("open 16 B", "EnvelopeBenchmark.open/16", "ModuleGcmBenchmark.decrypt/16", ""),
      new Figure(
          "open 1 KiB", "EnvelopeBenchmark.open/1024", "ModuleGcmBenchmark.decrypt/1024", ""),
      new Figure(
          "  the module's GCM, init + doFinal, 16 B", "ModuleGcmBenchmark.encrypt/16", "", ""),
      new Figure(
          "  the module's GCM, init + doFinal, 1 KiB", "ModuleGcmBenchmark.encrypt/1024", "", ""));

  private BenchMain() {}

  public static void main(String[] args) throws Exception {
    boolean quick = List.of(args).contains("--quick");
    print("Measuring, about " + (quick ? "two" : "ten") + " minutes. Module: "
        + FipsModule.start().info());
    List<RunResult> runs =
        new ArrayList<>(new Runner(options(quick).include(ALL).exclude(PEERS).build()).run());
    runs.addAll(PeerClassPath.during(() -> peers(quick)));
    Results results = new Results(runs);
    print(Figure.HEADING);
    FIGURES.forEach(figure -> print(figure.line(results)));
    print("Figures of one run belong together; between runs and machines compare the ratios.");
  }

  private static Collection<RunResult> peers(boolean quick) throws RunnerException {
    return new Runner(options(quick).include(PEERS).build()).run();
  }

  private static ChainedOptionsBuilder options(boolean quick) {
    return new OptionsBuilder()
        .verbosity(VerboseMode.SILENT)
        .jvmArgsAppend("--enable-native-access=ALL-UNNAMED")
        .forks(quick ? 1 : 3)
        .warmupIterations(quick ? 2 : 4)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(quick ? 3 : 6)
        .measurementTime(TimeValue.seconds(quick ? 1 : 2));
  }

  private static void print(String line) {
    System.out.println(line);
  }
}
