package dev.phial.gateway.logs.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.gateway.logs.LineServer;
import dev.phial.gateway.logs.SsnMasker;
import dev.phial.gateway.logs.TestPipe;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Syslog through a whole pipe: a sender's socket, the masker, the buffer, a server's socket. */
@Timeout(180)
class SyslogPipeTest {
  private static final String SSN = "078-05-1120";
  private static final long BUFFER = 16 << 20;

  @TempDir
  Path directory = Path.of("");

  private LineServer server;
  private final SsnMasker masker = new SsnMasker();

  SyslogPipeTest() throws IOException {
    server = new LineServer();
  }

  @BeforeEach
  void fresh() throws IOException {
    server.close();
    server = new LineServer();
  }

  @AfterEach
  void closeServer() throws IOException {
    server.close();
  }

  private TestPipe tcp(long buffer, boolean counted, Duration patience) throws Exception {
    return new TestPipe(
        directory.resolve("buffer"),
        buffer,
        masker,
        parts -> SyslogReceivers.tcp(
            new SyslogParts(parts.intake(), parts.observer(), 8_192, patience),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            null,
            parts.loops(),
            3,
            Duration.ofMinutes(1)),
        parts -> new SyslogStream(
            parts.dialer(server.port(), null), counted, Duration.ofSeconds(30), buffer));
  }

  private TestPipe tcp() throws Exception {
    return tcp(BUFFER, true, Duration.ofMillis(100));
  }

  private static Socket connect(TestPipe pipe) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), pipe.port());
  }

  private static void write(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  @Test
  void masks_and_counts_octets() throws Exception {
    try (TestPipe pipe = tcp();
        Socket sender = connect(pipe)) {
      write(sender, "<13>1 - host app - - - patient " + SSN + " came\n<13>second\n");
      assertThat(server.await("<13>second"))
          .isEqualTo("41 <13>1 - host app - - - patient *SSN* came10 <13>second");
      assertThat(pipe.observer.count("found SSN")).isEqualTo(1);
    }
  }

  /** Threat T23: what a sender writes makes no line of its own behind us. */
  @Test
  void writes_lines_for_servers_that_want_them_and_no_line_end_within_one() throws Exception {
    try (TestPipe pipe = tcp(BUFFER, false, Duration.ofMillis(100));
        Socket sender = connect(pipe)) {
      write(sender, "14 <13>one\nforged10 <13>second");
      assertThat(server.await("<13>second\n")).isEqualTo("<13>one#012forged\n<13>second\n");
    }
  }

  /** Threat T30. */
  @Test
  void every_split_into_packets_gives_the_same() throws Exception {
    String stream = "<13>a " + SSN + "\n<13>b\n";
    try (TestPipe pipe = tcp()) {
      for (int i = 1; i < stream.length(); i++) {
        try (Socket sender = connect(pipe)) {
          sender.setTcpNoDelay(true);
          write(sender, stream.substring(0, i));
          write(sender, stream.substring(i));
        }
        pipe.observer.await("received", 2L * i);
      }
      pipe.drain(Duration.ofSeconds(20));
      assertThat(server.text()).doesNotContain(SSN);
      assertThat(count(server.text(), "11 <13>a \\*SSN\\*")).isEqualTo(stream.length() - 1);
      assertThat(count(server.text(), "<13>b")).isEqualTo(stream.length() - 1);
    }
  }

  private static int count(String text, String pattern) {
    return (int) Pattern.compile(pattern).matcher(text).results().count();
  }

  @Test
  void what_the_masker_drops_is_not_forwarded_and_what_it_cannot_mask_neither() throws Exception {
    try (TestPipe pipe = tcp();
        Socket sender = connect(pipe)) {
      write(sender, "<13>poison " + SSN + "\n<13>drop-me " + SSN + "\n<13>good\n");
      assertThat(server.await("good")).isEqualTo("8 <13>good");
      assertThat(pipe.observer.count("lost POLICY")).isEqualTo(1);
      assertThat(pipe.observer.count("lost MASKING")).isEqualTo(1);
    }
  }

  @Test
  void while_nothing_can_be_masked_nothing_is_forwarded_and_nothing_lost() throws Exception {
    try (TestPipe pipe = tcp(BUFFER, true, Duration.ofMinutes(1));
        Socket sender = connect(pipe)) {
      masker.broken(true);
      write(sender, "<13>before " + SSN + "\n");
      write(sender, "<13>after " + SSN + "\n");
      assertThat(pipe.buffer().bytes()).isZero();
      masker.broken(false);
      assertThat(server.await("after *SSN*")).contains("<13>before *SSN*").doesNotContain(SSN);
    }
  }

  @Test
  void the_buffer_holds_masked_bytes_only() throws Exception {
    server.close();
    try (TestPipe pipe = tcp();
        Socket sender = connect(pipe)) {
      write(sender, "<13>one " + SSN + "\n<13>poison " + SSN + "\n");
      pipe.observer.await("lost MASKING", 1);
      pipe.observer.await("received", 1);
    }
    try (Stream<Path> files = Files.walk(directory)) {
      List<String> texts =
          files.filter(Files::isRegularFile).map(SyslogPipeTest::text).toList();
      assertThat(texts).anyMatch(text -> text.contains("*SSN*"));
      assertThat(texts).noneMatch(text -> text.contains("05-1120"));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void what_a_destination_that_is_down_misses_is_delivered_when_it_is_back() throws Exception {
    int port = server.port();
    server.close();
    try (TestPipe pipe = tcp()) {
      try (Socket sender = connect(pipe)) {
        write(sender, "<13>one\n");
        pipe.observer.await("retried", 1);
        write(sender, "<13>two\n");
        pipe.observer.await("received", 2);
      }
    }
    server = new LineServer(port);
    try (TestPipe pipe = tcp()) {
      assertThat(server.await("<13>two")).isEqualTo("7 <13>one7 <13>two");
      assertThat(pipe.observer.count("forwarded")).isEqualTo(2);
    }
  }

  @Test
  void what_was_in_a_connection_that_breaks_is_sent_again() throws Exception {
    try (TestPipe pipe = tcp();
        Socket sender = connect(pipe)) {
      write(sender, "<13>one\n");
      server.await("<13>one");
      server.reset();
      write(sender, "<13>two\n");
      server.await("<13>two");
      pipe.drain(Duration.ofSeconds(20));
      assertThat(server.text()).startsWith("7 <13>one").contains("7 <13>one7 <13>two");
      assertThat(pipe.buffer().read(pipe.buffer().released(), Duration.ZERO)).isEmpty();
    }
  }

  @Test
  void a_destination_that_takes_nothing_slows_the_sender_down_and_loses_nothing() throws Exception {
    int lines = 40_000;
    server.hang(true);
    try (TestPipe pipe = tcp(1 << 20, true, Duration.ofMillis(100));
        Socket sender = connect(pipe)) {
      Thread writer = new Thread(() -> IntStream.range(0, lines).forEach(i -> {
        try {
          write(sender, "<13>line " + i + " " + "x".repeat(200) + "\n");
        } catch (IOException e) {
          throw new java.io.UncheckedIOException(e);
        }
      }));
      writer.start();
      writer.join(2_000);
      assertThat(writer.isAlive()).as("the sender waits").isTrue();
      assertThat(pipe.buffer().bytes()).isLessThanOrEqualTo(1 << 20);
      server.hang(false);
      writer.join();
      String text = server.await("line " + (lines - 1) + " ");
      assertThat(Pattern.compile("<13>line ([0-9]+) ")
              .matcher(text)
              .results()
              .map(found -> Integer.valueOf(found.group(1)))
              .distinct())
          .hasSize(lines);
      assertThat(pipe.observer.toString()).doesNotContain("lost");
    }
  }

  @Test
  void refuses_more_connections_than_allowed_and_long_messages() throws Exception {
    try (TestPipe pipe = tcp();
        Socket one = connect(pipe);
        Socket two = connect(pipe);
        Socket three = connect(pipe)) {
      write(one, "<13>" + "x".repeat(8_192) + "\n<13>one\n");
      write(two, "<13>two\n");
      write(three, "<13>three\n");
      pipe.observer.await("received", 3);
      try (Socket four = connect(pipe)) {
        assertThat(four.getInputStream().read()).isEqualTo(-1);
      }
      assertThat(pipe.observer.count("refused too-many-connections")).isEqualTo(1);
      assertThat(pipe.observer.count("lost TOO_LARGE")).isEqualTo(1);
    }
  }

  @Test
  void a_message_without_its_end_is_not_forwarded() throws Exception {
    try (TestPipe pipe = tcp()) {
      try (Socket sender = connect(pipe)) {
        write(sender, "<13>whole\n<13>half of 078-05");
      }
      pipe.observer.await("lost MALFORMED", 1);
      pipe.drain(Duration.ofSeconds(20));
      assertThat(server.text()).isEqualTo("9 <13>whole");
    }
  }

  @Test
  void datagrams_are_masked_and_what_cannot_be_is_counted() throws Exception {
    try (TestPipe pipe = new TestPipe(
            directory.resolve("buffer"),
            BUFFER,
            masker,
            parts -> SyslogReceivers.udp(
                new SyslogParts(parts.intake(), parts.observer(), 1_000, Duration.ofMillis(100)),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                parts.loops()),
            parts -> new SyslogStream(
                parts.dialer(server.port(), null), true, Duration.ofSeconds(30), BUFFER));
        DatagramSocket sender = new DatagramSocket()) {
      for (String message : List.of(
          "<13>one " + SSN + "\n", "<13>poison", "<13>" + "x".repeat(1_000), "", "<13>last")) {
        byte[] bytes = message.getBytes(StandardCharsets.ISO_8859_1);
        sender.send(
            new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), pipe.port()));
      }
      assertThat(server.await("<13>last")).isEqualTo("13 <13>one *SSN*8 <13>last");
      assertThat(pipe.observer.count("lost MASKING")).isEqualTo(1);
      assertThat(pipe.observer.count("lost TOO_LARGE")).isEqualTo(1);
    }
  }

  @Test
  void goes_out_as_datagrams_too() throws Exception {
    try (DatagramSocket receiver = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        TestPipe pipe = new TestPipe(
            directory.resolve("buffer"),
            BUFFER,
            masker,
            parts -> SyslogReceivers.tcp(
                new SyslogParts(parts.intake(), parts.observer(), 1_000, Duration.ofMillis(100)),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                null,
                parts.loops(),
                3,
                Duration.ofMinutes(1)),
            parts -> new SyslogSendingSocket("127.0.0.1", receiver.getLocalPort()));
        Socket sender = connect(pipe)) {
      receiver.setSoTimeout(30_000);
      write(sender, "<13>one " + SSN + "\n");
      DatagramPacket packet = new DatagramPacket(new byte[1_000], 1_000);
      receiver.receive(packet);
      assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1))
          .isEqualTo("<13>one *SSN*");
    }
  }
}
