package dev.phial.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Syslog in, masked out: {@code phial serve} as a process of its own, with the policy that is shipped, and this process as
 * senders and as the server behind it. Needs the JDK only, so that it also runs from its source.
 */
public final class LogMain {
  private static final String HELP = """
      Usage: benchmarks/log-throughput [--seconds N] [--connections N] [--phial COMMAND] [--work FOLDER] [--keep]

      Syslog lines over TCP into `phial serve` (a process of its own, all rules of config/policy.yaml), masked, through its
      buffer on disk, out over TCP to a server that keeps every line in a file. Senders and server are threads of this process,
      on the same machine. Then the file is read: every line that was sent must be in it, and none of the values that were in
      them may be.

        --seconds N       for how long lines are sent (default 60)
        --connections N   how many senders (default 2)
        --phial COMMAND   what is run (default: the launcher of this checkout)
        --work FOLDER     where data, buffer and the file go (default: a new one in java.io.tmpdir); takes about 200 bytes
                          a line, so some GB a minute
        --keep            leaves it there

      One line in ten holds values: names, numbers, dates, addresses; in key=value, JSON, SQL, sentences and URLs.
      Exit code: 0, or 1 when a line was lost or a value came through.
      """;

  /** Each with {@code seq=SSSSSSSSS}, in which the sender writes its name and the line's number. */
  private static final String[] PLAIN = {
    "<134>1 2026-11-27T08:00:00.123Z app-1 billing 4711 - - seq=SSSSSSSSS GET"
        + " /api/v1/claims/summary 200 in 17 ms, 2048 bytes",
    "<134>1 2026-11-27T08:00:00.124Z app-1 billing 4711 - - seq=SSSSSSSSS cache refreshed, 1024"
        + " entries, 3 evicted",
    "<134>1 2026-11-27T08:00:00.126Z app-2 portal 17 - - seq=SSSSSSSSS worker pool: 8 threads,"
        + " queue 0, up 86400 s",
    "<135>1 2026-11-27T08:00:00.127Z app-2 portal 17 - - seq=SSSSSSSSS o.e.p.web.SessionFilter -"
        + " session opened, 42 active, timeout 1800 s",
    "<134>1 2026-11-27T08:00:00.128Z db-1 postgres 811 - - seq=SSSSSSSSS checkpoint complete:"
        + " wrote 311 buffers (1.9%); sync=0.004 s, total=2.210 s",
    "<134>1 2026-11-27T08:00:00.129Z app-3 intake 99 - - seq=SSSSSSSSS"
        + " {\"level\":\"info\",\"logger\":\"intake\",\"msg\":\"batch"
        + " done\",\"items\":250,\"ms\":48}",
    "<132>1 2026-11-27T08:00:00.130Z app-3 intake 99 - - seq=SSSSSSSSS retry 2 of 5 after 250 ms:"
        + " connection reset by peer",
    "<134>1 2026-11-27T08:00:00.131Z lb-1 haproxy 5 - - seq=SSSSSSSSS fe_main be_app/app-2"
        + " 0/0/1/12/13 200 5120 - - ---- 12/12/3/1/0 0/0",
    "<134>1 2026-11-27T08:00:00.132Z app-1 billing 4711 - - seq=SSSSSSSSS job nightly-export"
        + " finished with status OK, 17 files, 4 skipped",
  };

  private static final String[] WITH_VALUES = {
    "<131>1 2026-11-27T08:00:00.125Z app-2 portal 17 - - seq=SSSSSSSSS lookup failed for"
        + " patient_name=\"Ann Quillfeather\" ssn=536-90-4399",
    "<134>1 2026-11-27T08:00:00.125Z app-3 intake 99 - - seq=SSSSSSSSS"
        + " {\"msg\":\"admitted\",\"patient\":{\"mrn\":\"83104426\",\"dob\":\"1961-11-23\"}}",
    "<134>1 2026-11-27T08:00:00.125Z db-1 postgres 811 - - seq=SSSSSSSSS INSERT INTO patients"
        + " (name, phone) VALUES ('Ann Quillfeather', '212-555-0143')",
    "<134>1 2026-11-27T08:00:00.125Z app-1 mail 3 - - seq=SSSSSSSSS sent a letter to"
        + " quill.canary@example.org from 10.86.169.121",
    "<134>1 2026-11-27T08:00:00.125Z app-2 portal 17 - - seq=SSSSSSSSS GET"
        + " /p?mrn=83104426&name=Ann%20Quillfeather 200",
  };

  private static final String[] CANARIES = {
    "Quillfeather",
    "536-90-4399",
    "83104426",
    "1961-11-23",
    "212-555-0143",
    "quill.canary",
    "10.86.169.121"
  };

  /** Digits that no detector reads as any: no vowels, so that no word or name comes about. */
  private static final byte[] DIGITS = "bcdfghjklmnpqrst".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] SEQ = "seq=".getBytes(StandardCharsets.US_ASCII);
  private static final int SENDER_DIGITS = 2;
  private static final int NUMBER_DIGITS = 7;
  private static final int TEN = 10;

  private final Path work;
  private final AtomicLong arrived = new AtomicLong();
  private final AtomicLong lastArrival = new AtomicLong();

  private LogMain(Path work) {
    this.work = work;
  }

  public static void main(String[] arguments) throws Exception {
    int seconds = 60;
    int connections = 2;
    String phial = "./phial";
    Path work = null;
    boolean keep = false;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--seconds" -> seconds = Integer.parseInt(arguments[++i]);
        case "--connections" -> connections = Integer.parseInt(arguments[++i]);
        case "--phial" -> phial = arguments[++i];
        case "--work" -> work = Files.createDirectories(Path.of(arguments[++i]));
        case "--keep" -> keep = true;
        default -> {
          System.out.print(HELP);
          System.exit(arguments[i].equals("--help") ? 0 : 2);
        }
      }
    }
    Path folder = Files.createTempDirectory(
        work == null ? Path.of(System.getProperty("java.io.tmpdir")) : work, "phial-logs");
    boolean good;
    try {
      good = new LogMain(folder).run(phial, seconds, connections);
    } finally {
      if (!keep) {
        delete(folder);
      }
    }
    System.exit(good ? 0 : 1);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private boolean run(String phial, int seconds, int connections) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      thread("sink", () -> sink(server));
      Process gateway = start(phial, server.getLocalPort());
      try {
        int port = ready(gateway);
        return measure(gateway, port, seconds, connections);
      } finally {
        gateway.destroy();
        if (!gateway.waitFor(60, TimeUnit.SECONDS)) {
          gateway.destroyForcibly();
        }
      }
    }
  }

  private Process start(String phial, int to) throws IOException {
    String[] sets = {
      "data_dir=" + work.resolve("data"),
      "listeners.http.address=127.0.0.1:0",
      "listeners.grpc.address=127.0.0.1:0",
      "listeners.admin.address=127.0.0.1:0",
      "listeners.management.address=127.0.0.1:0",
      "logs.receivers.load.protocol=syslog-tcp",
      "logs.receivers.load.address=127.0.0.1:0",
      "logs.receivers.load.to.url=tcp://127.0.0.1:" + to,
      "logs.receivers.load.to.framing=lines"
    };
    List<String> command = new ArrayList<>(List.of(phial, "serve"));
    for (String set : sets) {
      command.addAll(List.of("--set", set));
    }
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** Waits until the gateway says where it listens; gives the port of its log receiver. */
  private static int ready(Process gateway) throws IOException {
    Pattern listens = Pattern.compile("  logs load +.*:([0-9]+)");
    StringBuilder said = new StringBuilder();
    BufferedReader out = gateway.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      said.append(line).append('\n');
      Matcher port = listens.matcher(line);
      if (port.matches()) {
        thread("said", () -> drain(out));
        return Integer.parseInt(port.group(1));
      }
    }
    throw new IllegalStateException("the gateway does not start:\n" + said);
  }

  /** So that it does not wait for a reader. */
  private static void drain(BufferedReader out) {
    try {
      while (out.readLine() != null) {
        // what it says later is of no interest
      }
    } catch (IOException e) {
      // it was ended
    }
  }

  private boolean measure(Process gateway, int port, int seconds, int connections)
      throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    List<CompletableFuture<Long>> senders = new ArrayList<>();
    Duration before = cpu(gateway);
    long began = System.nanoTime();
    for (int i = 0; i < connections; i++) {
      int number = i;
      CompletableFuture<Long> sent = new CompletableFuture<>();
      senders.add(sent);
      thread("sender", () -> sent.complete(send(port, number, enough)));
    }
    TimeUnit.SECONDS.sleep(seconds);
    long atEnd = arrived.get();
    double window = (System.nanoTime() - began) / 1e9;
    enough.set(true);
    long[] sent = senders.stream().mapToLong(CompletableFuture::join).toArray();
    long all = Stream.of(sent).flatMapToLong(java.util.Arrays::stream).sum();
    awaitRest(all);
    double whole = (lastArrival.get() - began) / 1e9;
    double burnt = cpu(gateway).minus(before).toNanos() / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%d processors, %d senders and the server in one process, the gateway in another, Java"
            + " %s%n",
        Runtime.getRuntime().availableProcessors(),
        connections,
        Runtime.version());
    System.out.printf(
        Locale.ROOT,
        "sent       %12d lines, to the last one out in %.1f s: %.0f lines/s%n",
        all,
        whole,
        all / whole);
    System.out.printf(
        Locale.ROOT,
        "while sent %12d lines out in %.1f s: %.0f lines/s%n",
        atEnd,
        window,
        atEnd / window);
    System.out.printf(
        Locale.ROOT,
        "gateway    %12.1f s of CPU time: %.0f lines for each second of it%n",
        burnt,
        all / burnt);
    return check(sent);
  }

  private static Duration cpu(Process process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Waits for the rest; a minute without a line means that it does not come. */
  private void awaitRest(long all) throws InterruptedException {
    while (arrived.get() < all
        && System.nanoTime() - Math.max(lastArrival.get(), 1) < TimeUnit.MINUTES.toNanos(1)) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private static void thread(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  // ---- the senders

  private static long send(int port, int sender, AtomicBoolean enough) {
    byte[][] lines = lines(sender);
    int[] numbers = new int[lines.length];
    for (int i = 0; i < lines.length; i++) {
      numbers[i] = indexOf(lines[i], 0, lines[i].length, SEQ) + SEQ.length + SENDER_DIGITS;
    }
    byte[] buffer = new byte[64 << 10];
    int length = 0;
    long number = 0;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      OutputStream out = socket.getOutputStream();
      while (!enough.get()) {
        int which = (int) (number % lines.length);
        byte[] line = lines[which];
        if (length + line.length > buffer.length) {
          out.write(buffer, 0, length);
          length = 0;
        }
        System.arraycopy(line, 0, buffer, length, line.length);
        write(buffer, length + numbers[which], NUMBER_DIGITS, number++);
        length += line.length;
      }
      out.write(buffer, 0, length);
      socket.shutdownOutput();
      // The gateway closes when it has read all.
      if (socket.getInputStream().read() >= 0) {
        throw new IllegalStateException("the gateway answered a syslog sender");
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return number;
  }

  /** One in ten holds values. */
  private static byte[][] lines(int sender) {
    int count = TEN * WITH_VALUES.length;
    byte[][] lines = new byte[count][];
    for (int i = 0; i < count; i++) {
      String line = i % TEN == 3 ? WITH_VALUES[i / TEN] : PLAIN[i % PLAIN.length];
      lines[i] = (line + "\n").getBytes(StandardCharsets.US_ASCII);
      write(
          lines[i], indexOf(lines[i], 0, lines[i].length, SEQ) + SEQ.length, SENDER_DIGITS, sender);
    }
    return lines;
  }

  private static void write(byte[] to, int at, int digits, long number) {
    long left = number;
    for (int i = at + digits - 1; i >= at; i--) {
      to[i] = DIGITS[(int) (left & 15)];
      left >>>= 4;
    }
  }

  private static long read(byte[] from, int at, int digits) {
    long number = 0;
    for (int i = at; i < at + digits; i++) {
      int digit = 0;
      while (DIGITS[digit] != from[i]) {
        digit++; // beyond the last: the line is not ours, and that is an error
      }
      number = number << 4 | digit;
    }
    return number;
  }

  private static int indexOf(byte[] in, int from, int to, byte[] part) {
    for (int i = from; i <= to - part.length; i++) {
      int k = 0;
      while (k < part.length && in[i + k] == part[k]) {
        k++;
      }
      if (k == part.length) {
        return i;
      }
    }
    return -1;
  }

  // ---- the server behind

  private Path file() {
    return work.resolve("arrived");
  }

  /** One connection after the other: the gateway begins a new one now and then. */
  private void sink(ServerSocket server) {
    byte[] buffer = new byte[256 << 10];
    try (FileChannel file =
        FileChannel.open(file(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (!server.isClosed()) {
        try (Socket socket = server.accept();
            InputStream in = socket.getInputStream()) {
          for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            int lines = 0;
            for (int i = 0; i < n; i++) {
              lines += buffer[i] == '\n' ? 1 : 0;
            }
            file.write(ByteBuffer.wrap(buffer, 0, n));
            lastArrival.set(System.nanoTime());
            arrived.addAndGet(lines);
          }
        } catch (IOException e) {
          // the gateway was ended
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Whether each line is there, and no value is. */
  private boolean check(long[] sent) throws IOException {
    BitSet[] there = new BitSet[sent.length];
    for (int i = 0; i < sent.length; i++) {
      there[i] = new BitSet();
    }
    List<byte[]> canaries = Stream.of(CANARIES)
        .map(canary -> canary.getBytes(StandardCharsets.US_ASCII))
        .toList();
    long twice = 0;
    long seen = 0;
    try (BufferedReader lines = Files.newBufferedReader(file(), StandardCharsets.ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
        int at = indexOf(bytes, 0, bytes.length, SEQ) + SEQ.length;
        BitSet of = there[(int) read(bytes, at, SENDER_DIGITS)];
        int number = (int) read(bytes, at + SENDER_DIGITS, NUMBER_DIGITS);
        twice += of.get(number) ? 1 : 0;
        of.set(number);
        for (byte[] canary : canaries) {
          seen += indexOf(bytes, 0, bytes.length, canary) >= 0 ? 1 : 0;
        }
      }
    }
    long lost = 0;
    for (int i = 0; i < sent.length; i++) {
      lost += sent[i] - there[i].cardinality();
    }
    System.out.printf(
        Locale.ROOT,
        "lost %d, twice %d, values that came through %d (%.0f MB of lines were read)%n",
        lost,
        twice,
        seen,
        Files.size(file()) / 1e6);
    return lost == 0 && seen == 0;
  }
}
