package dev.phial.gateway.logs.syslog;

import dev.phial.gateway.logs.TestPipe;
import dev.phial.masking.Masker;
import dev.phial.masking.MaskingPolicy;
import java.io.BufferedOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Syslog in over TCP, masked by the whole engine, through the buffer, out over TCP: lines in a second and lines lost, with
 * sender and server in the same process. Arguments: how many lines, how many connections.
 */
public final class SyslogLoad {
  private static final String[] LINES = {
    "<134>1 2026-11-27T08:00:00.123Z app-1 billing 4711 - - GET /api/v1/claims 200 in 17 ms\n",
    "<134>1 2026-11-27T08:00:00.124Z app-1 billing 4711 - - cache refreshed, 1024 entries, 3 evicted\n",
    "<131>1 2026-11-27T08:00:00.125Z app-2 portal 17 - - lookup failed for patient_name=\"Ann Sample\" ssn=536-90-4399\n",
    "<134>1 2026-11-27T08:00:00.126Z app-2 portal 17 - - worker pool: 8 threads, queue 0, up 86400 s\n"
  };

  private SyslogLoad() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    int connections = Integer.parseInt(arguments[1]);
    int each = Integer.parseInt(arguments[0]) / connections;
    long lines = (long) each * connections;
    AtomicLong arrived = new AtomicLong();
    CompletableFuture<Void> all = new CompletableFuture<>();
    Path directory = Files.createTempDirectory("phial-load");
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      daemon(() -> count(server, arrived, lines, all));
      try (TestPipe pipe = pipe(directory, server.getLocalPort())) {
        long began = System.nanoTime();
        for (int i = 0; i < connections; i++) {
          daemon(() -> send(pipe.port(), each));
        }
        all.orTimeout(10, java.util.concurrent.TimeUnit.MINUTES).join();
        double seconds = (System.nanoTime() - began) / 1e9;
        out.println(String.format(
            Locale.ROOT,
            "%d lines in %.2f s: %.0f lines/s; lost: %d; %s",
            lines,
            seconds,
            lines / seconds,
            lines - arrived.get(),
            pipe.observer));
      }
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "load");
    thread.setDaemon(true);
    thread.start();
  }

  private static TestPipe pipe(Path directory, int destination) throws Exception {
    return new TestPipe(
        directory,
        256 << 20,
        Masker.of(MaskingPolicy.safeHarbor()),
        parts -> SyslogReceivers.tcp(
            new SyslogParts(parts.intake(), parts.observer(), 65_536, Duration.ofSeconds(1)),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            null,
            parts.loops(),
            100,
            Duration.ofMinutes(1)),
        parts -> new SyslogStream(
            parts.dialer(destination, null), false, Duration.ofSeconds(60), 256 << 20));
  }

  private static void send(int port, int lines) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        OutputStream to = new BufferedOutputStream(socket.getOutputStream(), 64 << 10)) {
      for (int i = 0; i < lines; i++) {
        to.write(LINES[i % LINES.length].getBytes(StandardCharsets.US_ASCII));
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void count(
      ServerSocket server, AtomicLong arrived, long lines, CompletableFuture<Void> all) {
    byte[] buffer = new byte[256 << 10];
    while (!server.isClosed()) {
      try (Socket socket = server.accept();
          InputStream in = socket.getInputStream()) {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          int found = 0;
          for (int i = 0; i < n; i++) {
            found += buffer[i] == '\n' ? 1 : 0;
          }
          if (arrived.addAndGet(found) >= lines) {
            all.complete(null);
          }
        }
      } catch (java.io.IOException e) {
        // closed
      }
    }
  }
}
