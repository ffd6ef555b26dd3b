package dev.phial.gateway.logs.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.gateway.logs.SsnMasker;
import dev.phial.gateway.logs.TestPipe;
import dev.phial.kms.testkit.Requirement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** logger and rsyslogd send, rsyslogd receives. */
@Timeout(180)
class RealSyslogTest {
  private static final String SSN = "078-05-1120";

  @TempDir
  Path directory = Path.of("");

  private final Path rsyslogd = Requirement.program("rsyslogd", "rsyslog");
  private final Path logger = Requirement.program("logger", "bsdutils");

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Takes TCP on one port into a file, and forwards what comes on another to a third. */
  private Process rsyslogd(int in, int relay, int phial, String framing) throws IOException {
    Path configuration = Files.writeString(
        directory.resolve("rsyslog.conf"), """
        global(workDirectory="%1$s" maxMessageSize="64k")
        module(load="imtcp")
        template(name="raw" type="string" string="%%rawmsg%%\\n")
        input(type="imtcp" address="127.0.0.1" port="%2$d" ruleset="in")
        input(type="imtcp" address="127.0.0.1" port="%3$d" ruleset="relay")
        ruleset(name="in") { action(type="omfile" file="%1$s/masked" template="raw" asyncWriting="off") }
        ruleset(name="relay") {
          action(type="omfwd" target="127.0.0.1" port="%4$d" protocol="tcp" TCP_Framing="%5$s"
                 template="RSYSLOG_SyslogProtocol23Format" action.resumeRetryCount="-1" action.resumeInterval="1")
        }
        """.formatted(directory, in, relay, phial, framing));
    return new ProcessBuilder(
            rsyslogd.toString(),
            "-n",
            "-f",
            configuration.toString(),
            "-i",
            directory.resolve("rsyslogd.pid").toString())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("rsyslogd.out").toFile())
        .start();
  }

  private void log(int port, String... options) throws Exception {
    List<String> command = new ArrayList<>(
        List.of(logger.toString(), "-n", "127.0.0.1", "-P", String.valueOf(port), "--tag", "app"));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  private TestPipe pipe(int destination) throws Exception {
    return new TestPipe(
        directory.resolve("buffer"),
        16 << 20,
        new SsnMasker(),
        parts -> SyslogReceivers.tcp(
            new SyslogParts(parts.intake(), parts.observer(), 8_192, Duration.ofMillis(100)),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            null,
            parts.loops(),
            10,
            Duration.ofMinutes(1)),
        parts -> new SyslogStream(
            parts.dialer(destination, null), true, Duration.ofSeconds(10), 16 << 20));
  }

  @Test
  void logger_to_rsyslogd_in_both_formats_and_framings() throws Exception {
    int in = freePort();
    Process server = rsyslogd(in, freePort(), freePort(), "octet-counted");
    try (TestPipe pipe = pipe(in)) {
      log(pipe.port(), "-T", "--rfc5424", "one " + SSN);
      log(pipe.port(), "-T", "--rfc3164", "two " + SSN);
      log(pipe.port(), "-T", "--octet-count", "--rfc5424", "three " + SSN);
      String masked = await("three");
      assertThat(masked).doesNotContain(SSN).contains("one *SSN*", "two *SSN*", "three *SSN*");
      assertThat(masked.lines()).hasSize(3).allMatch(line -> line.startsWith("<"));
      assertThat(pipe.observer.count("lost MALFORMED")).isZero();
    } finally {
      end(server);
    }
  }

  @Test
  void rsyslogd_relays_through_us_with_counted_octets() throws Exception {
    relays("octet-counted");
  }

  @Test
  void rsyslogd_relays_through_us_with_lines() throws Exception {
    relays("traditional");
  }

  private void relays(String framing) throws Exception {
    int in = freePort();
    int relay = freePort();
    try (TestPipe pipe = pipe(in)) {
      Process server = rsyslogd(in, relay, pipe.port(), framing);
      try {
        awaitListening(relay);
        for (int i = 0; i < 5; i++) {
          log(relay, "-T", "--rfc5424", "relayed " + i + " " + SSN);
        }
        assertThat(await("relayed 4")).doesNotContain(SSN).contains("relayed 0 *SSN*");
      } finally {
        end(server);
      }
    }
  }

  private static void awaitListening(int port) throws Exception {
    long end = System.nanoTime() + 30_000_000_000L;
    while (true) {
      try (var socket = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(socket.isConnected()).isTrue();
        return;
      } catch (IOException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        Thread.onSpinWait();
      }
    }
  }

  private String await(String text) throws Exception {
    Path file = directory.resolve("masked");
    long end = System.nanoTime() + 60_000_000_000L;
    while (System.nanoTime() < end) {
      String masked = Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
      if (masked.contains(text) && masked.endsWith("\n")) {
        return masked;
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("rsyslogd did not write '" + text + "': "
        + Files.readString(directory.resolve("rsyslogd.out")));
  }

  private static void end(Process server) throws InterruptedException {
    server.destroy();
    if (!server.waitFor(10, TimeUnit.SECONDS)) {
      server.destroyForcibly();
    }
  }
}
