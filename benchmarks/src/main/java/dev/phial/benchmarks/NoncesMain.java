package dev.phial.benchmarks;

import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.envelope.EnvelopeCipher;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyPurpose;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * The long form of threats T1 and T2: processes that share one data key seal values in many threads, one of them is killed on the way and
 * started again, and no two messages have a nonce in common. Prints the figure; ends with 1 when a nonce repeats.
 *
 * <p>Arguments: messages in all (100,000,000 takes 2.4 GB of the temporary folder), processes, threads of each.
 */
public final class NoncesMain {
  private static final int NONCE_AT = 17;
  private static final int NONCE = 24;
  private static final int BUCKETS = 256;
  private static final byte[] PLAINTEXT = new byte[16];

  private NoncesMain() {}

  public static void main(String[] args) throws Exception {
    if (args.length > 0 && args[0].equals("child")) {
      seal(Path.of(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]));
      System.exit(0);
    }
    int messages = args.length > 0 ? Integer.parseInt(args[0]) : 100_000_000;
    int processes = args.length > 1 ? Integer.parseInt(args[1]) : 8;
    int threads = args.length > 2 ? Integer.parseInt(args[2]) : 64;
    Path folder = Files.createTempDirectory("phial-nonces");
    try {
      run(folder, messages / processes / threads, processes, threads);
      report(folder, processes, threads);
    } finally {
      delete(folder);
    }
  }

  /** All processes at once; the first is killed as soon as it has written something, and started anew. */
  private static void run(Path folder, int each, int processes, int threads) throws Exception {
    List<Process> running = new ArrayList<>();
    for (int i = 0; i < processes; i++) {
      running.add(child(folder.resolve("p" + i), each, threads));
    }
    Path written = folder.resolve("p0").resolve("t0");
    while (running.get(0).isAlive() && (Files.notExists(written) || Files.size(written) == 0)) {
      Thread.onSpinWait();
    }
    running.get(0).destroyForcibly().waitFor();
    running.set(0, child(folder.resolve("again"), each, threads));
    for (Process process : running) {
      if (process.waitFor() != 0) {
        throw new IllegalStateException("a sealing process failed");
      }
    }
  }

  private static Process child(Path folder, int each, int threads) throws IOException {
    Files.createDirectories(folder);
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dorg.bouncycastle.fips.approved_only=true",
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            NoncesMain.class.getName(),
            "child",
            folder.toString(),
            Integer.toString(each),
            Integer.toString(threads))
        .inheritIO()
        .start();
  }

  private static void seal(Path folder, int each, int threads) throws Exception {
    EnvelopeCipher cipher = new EnvelopeCipher(FipsModule.start());
    DataKey key = BenchKeys.of(KeyPurpose.ENCRYPT);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<?>> running = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      Path file = folder.resolve("t" + t);
      running.add(pool.submit(() -> seal(cipher, key, file, each)));
    }
    for (Future<?> one : running) {
      one.get();
    }
    pool.shutdown();
  }

  private static void seal(EnvelopeCipher cipher, DataKey key, Path file, int count) {
    DataContext context = DataContext.of("tenant", "note");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 14)) {
      for (int i = 0; i < count; i++) {
        out.write(cipher.seal(key, context, PLAINTEXT), NONCE_AT, NONCE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bucket by bucket of the first byte: a bucket fits into memory. */
  private static void report(Path folder, int processes, int threads) throws IOException {
    long nonces = 0;
    long repeated = 0;
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      byte[][] sorted = bucket(folder, bucket);
      Arrays.sort(sorted, Arrays::compare);
      for (int i = 1; i < sorted.length; i++) {
        repeated += Arrays.equals(sorted[i - 1], sorted[i]) ? 1 : 0;
      }
      nonces += sorted.length;
    }
    System.out.println(nonces + " messages of one key, " + processes
        + " processes (one killed and started again), " + threads + " threads each: " + repeated
        + " nonces repeated");
    if (repeated > 0) {
      System.exit(1);
    }
  }

  private static byte[][] bucket(Path folder, int bucket) throws IOException {
    List<byte[]> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        collect(file, bucket, found);
      }
    }
    return found.toArray(byte[][]::new);
  }

  private static void collect(Path file, int bucket, List<byte[]> found) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer all = channel.map(MapMode.READ_ONLY, 0, channel.size());
      // What a killed process left unfinished at the end is no nonce.
      for (int at = 0; at + NONCE <= all.limit(); at += NONCE) {
        if ((all.get(at) & 0xff) == bucket) {
          byte[] nonce = new byte[NONCE];
          all.get(at, nonce);
          found.add(nonce);
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
